"""The secrets of `docker-compose.yml`: files of their own below `var/compose/`, drawn once."""

import json
import secrets
from pathlib import Path

from approvals.local_airflow.home import USER, new_key, write_private
from approvals.settings import Settings


def write_compose_secrets(settings: Settings) -> str | None:
    """Write the secret files, mode 0600, unless they exist.

    Returns:
        The password of the web interface's user if it was drawn now, else None.
    """
    folder = settings.home.resolve() / "compose"
    for private in (folder / "secrets", folder / "airflow"):
        private.mkdir(parents=True, exist_ok=True)
        private.chmod(0o700)
    database_password = secrets.token_urlsafe(24)
    if not (folder / "secrets" / "airflow_database").exists():
        write_private(folder / "secrets" / "postgres_password", database_password)
        write_private(
            folder / "secrets" / "airflow_database",
            f"postgresql+psycopg2://airflow:{database_password}@postgres/airflow",
        )
    for name in ("fernet_key", "api_secret_key", "jwt_secret"):
        _draw(folder / "secrets" / name)
    passwords = folder / "airflow" / "passwords.json"
    if passwords.exists():
        return None
    password = secrets.token_urlsafe(18)
    write_private(passwords, json.dumps({USER: password}))
    return password


def _draw(path: Path) -> None:
    if not path.exists():
        write_private(path, new_key())
