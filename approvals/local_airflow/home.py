"""The Airflow home of this installation: `<APPROVALS_HOME>/airflow`, with keys of its own.

It is prepared before `airflow` is imported for the first time, because Airflow reads its
configuration on import; so nothing here imports Airflow.
"""

import base64
import configparser
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from approvals.home import PRIVATE_UMASK, open_home
from approvals.settings import PROJECT_ROOT, Settings

HOST = "127.0.0.1"
DEFAULT_PORT = 8080
USER = "admin"
KEYS = (("core", "fernet_key"), ("api", "secret_key"), ("api_auth", "jwt_secret"))


@dataclass(frozen=True, slots=True)
class AirflowHome:
    """Where this installation's Airflow keeps its state, and on which port it answers."""

    folder: Path
    port: int = DEFAULT_PORT

    @property
    def configuration(self) -> Path:
        """`airflow.cfg`; it holds the keys, so its mode is 0600."""
        return self.folder / "airflow.cfg"

    @property
    def logs(self) -> Path:
        """Task logs below `dag_id=…/run_id=…/task_id=…/`, and one file for each component."""
        return self.folder / "logs"

    @property
    def passwords(self) -> Path:
        """The generated password of the web interface, mode 0600."""
        return self.folder / "passwords.json"

    @property
    def url(self) -> str:
        """Address of the web interface and of the API that tasks report to."""
        return f"http://{HOST}:{self.port}"


def prepare_home(settings: Settings, port: int = DEFAULT_PORT) -> AirflowHome:
    """Write the configuration; keys and the password are generated once and then kept.

    Returns:
        The home, ready for `enter_home`.
    """
    open_home(settings)
    home = AirflowHome(settings.home.resolve() / "airflow", port)
    home.logs.mkdir(parents=True, exist_ok=True)
    home.folder.chmod(0o700)
    _write_configuration(home)
    if not home.passwords.exists():
        write_private(home.passwords, json.dumps({USER: secrets.token_urlsafe(18)}))
    return home


def enter_home(home: AirflowHome, settings: Settings) -> None:
    """Point this process, and those it starts, at the home; call it before `import airflow`.

    Variables of another Airflow on this machine are dropped, so that they cannot redirect this
    one. Files written from here on are readable by their owner only.
    """
    os.umask(PRIVATE_UMASK)
    for name in [name for name in os.environ if name.startswith("AIRFLOW_")]:
        del os.environ[name]
    os.environ["AIRFLOW_HOME"] = str(home.folder)
    os.environ["APPROVALS_HOME"] = str(settings.home.resolve())
    os.environ["PYTHONPATH"] = str(PROJECT_ROOT)


def read_password(home: AirflowHome) -> str:
    """Return the generated password of the web interface's user."""
    return str(json.loads(home.passwords.read_text())[USER])


def _write_configuration(home: AirflowHome) -> None:
    """Write `airflow.cfg`, keeping the keys of an earlier one."""
    earlier = configparser.ConfigParser(interpolation=None)
    earlier.read(home.configuration)
    configuration = configparser.ConfigParser(interpolation=None)
    configuration.read_dict(_options(home))
    for section, option in KEYS:
        key = earlier.get(section, option, fallback=None) or new_key()
        configuration.set(section, option, key)
    temporary = home.configuration.with_suffix(".new")
    with os.fdopen(_open_private(temporary), "w") as file:
        configuration.write(file)
    temporary.replace(home.configuration)


def _options(home: AirflowHome) -> dict[str, dict[str, str]]:
    """Return every option that differs from Airflow's default, and why where it is not plain."""
    return {
        "core": {
            "dags_folder": str(PROJECT_ROOT / "dags"),
            "executor": "LocalExecutor",
            "parallelism": "4",
            "load_examples": "False",
            "dags_are_paused_at_creation": "False",
            "simple_auth_manager_users": f"{USER}:admin",
            "simple_auth_manager_passwords_file": str(home.passwords),
            "execution_api_server_url": f"{home.url}/execution/",
        },
        "database": {"sql_alchemy_conn": f"sqlite:///{home.folder / 'airflow.db'}"},
        "api": {
            "host": HOST,
            "port": str(home.port),
            "base_url": home.url,
            "workers": "1",
            "enable_swagger_ui": "False",
            "expose_config": "False",
        },
        "api_auth": {},
        "logging": {
            "base_log_folder": str(home.logs),
            "dag_processor_child_process_log_directory": str(home.logs / "dag_processor"),
            "file_task_handler_new_folder_permissions": "0o700",
            "file_task_handler_new_file_permissions": "0o600",
        },
        # An idle scheduler that looks again after 0.2 s makes a chain of short tasks four times
        # faster (engines.md); on one machine nobody pays for the queries.
        "scheduler": {"scheduler_idle_sleep_time": "0.2", "enable_health_check": "False"},
        # A supervisor may sleep for this long after its task has ended; 5 s by default.
        "workers": {"min_heartbeat_interval": "1"},
        "usage_data_collection": {"enabled": "False"},
    }


def new_key() -> str:
    """Return 32 random bytes in the encoding that Fernet asks for; the other keys may be any."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, from its first byte on."""
    with os.fdopen(_open_private(path), "w") as file:
        file.write(text)


def _open_private(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
