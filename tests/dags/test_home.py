"""The Airflow home: keys of its own, readable by its owner only, on loopback.

Not tested here: that Airflow obeys its configuration file.
"""

import configparser
import os
import stat
from pathlib import Path

import pytest

from approvals.local_airflow.compose_secrets import write_compose_secrets
from approvals.local_airflow.home import KEYS, AirflowHome, enter_home, prepare_home, read_password
from approvals.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "var")


def _keys(home: AirflowHome) -> list[str]:
    configuration = configparser.ConfigParser(interpolation=None)
    configuration.read(home.configuration)
    return [configuration.get(section, option) for section, option in KEYS]


def test_prepare_home_hides_keys_and_password_when_the_umask_is_wide(settings: Settings) -> None:
    mask = os.umask(0)
    try:
        home = prepare_home(settings)
    finally:
        os.umask(mask)

    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in (home.folder, home.configuration, home.passwords)
    }
    assert modes == {"airflow": 0o700, "airflow.cfg": 0o600, "passwords.json": 0o600}


def test_prepare_home_keeps_keys_and_password_when_repeated(settings: Settings) -> None:
    first = prepare_home(settings)
    before = [*_keys(first), read_password(first)]

    second = prepare_home(settings, port=8181)

    assert [*_keys(second), read_password(second)] == before
    assert "http://127.0.0.1:8181" in second.configuration.read_text()


def test_prepare_home_draws_other_keys_for_another_installation(tmp_path: Path) -> None:
    homes = [prepare_home(Settings(home=tmp_path / name)) for name in ("one", "two")]

    drawn = {*_keys(homes[0]), *_keys(homes[1]), *map(read_password, homes)}

    assert len(drawn) == 2 * (len(KEYS) + 1)


def test_prepare_home_listens_on_loopback_and_phones_nobody(settings: Settings) -> None:
    configuration = configparser.ConfigParser(interpolation=None)
    configuration.read(prepare_home(settings).configuration)

    assert configuration["api"]["host"] == "127.0.0.1"
    assert configuration["usage_data_collection"]["enabled"] == "False"
    assert configuration["core"]["load_examples"] == "False"
    assert configuration["api"]["enable_swagger_ui"] == "False"


def test_enter_home_drops_the_variables_of_another_airflow(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW_HOME", "/elsewhere")
    monkeypatch.setenv("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "postgresql://elsewhere")
    monkeypatch.setenv("APPROVALS_HOME", "/elsewhere")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    home, mask = prepare_home(settings), os.umask(0o022)

    enter_home(home, settings)

    assert os.umask(mask) == 0o077
    assert os.environ["AIRFLOW_HOME"] == str(home.folder)
    assert os.environ["APPROVALS_HOME"] == str(settings.home.resolve())
    assert "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN" not in os.environ


def test_write_compose_secrets_draws_them_once_and_hides_them(settings: Settings) -> None:
    drawn = write_compose_secrets(settings)
    folder = settings.home / "compose"
    files = {path: path.read_text() for path in folder.rglob("*") if path.is_file()}

    repeated = write_compose_secrets(settings)

    assert drawn
    assert repeated is None
    assert {path: path.read_text() for path in files} == files
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    password = files[folder / "secrets" / "postgres_password"]
    assert f"airflow:{password}@postgres/" in files[folder / "secrets" / "airflow_database"]
