"""dbt's reading of the project, kept: it takes longer than all models, and seldom changes.

A reading is made of the project alone: neither the home nor the lake nor the configuration is in
it, so that the one that set-up makes (`python -m approvals.parsed_project`) serves every run.
"""

import hashlib
import shutil
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from approvals.configuration import Configuration, resolve_configuration
from approvals.dbt import DBT_PROJECT, LINKED, link_project, raise_if_failed, run_dbt, sql_path
from approvals.settings import Settings

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest


KEPT = 5
INSTALLED = Path(sys.prefix) / "share" / "approvals"
"""Where set-up puts its reading."""
ANY_HOME = Path("/any/home")
"""Stands in a reading for the home of the run."""


@dataclass(frozen=True, slots=True)
class ParsedProject:
    """The project that a build works on, and how dbt read it."""

    folder: Path
    """The folder of links that dbt takes for its project."""
    parsed: Path
    lake: Path

    def manifest(self) -> "Manifest":
        """Return what dbt read, for this folder and lake, so that it need not read again."""
        from dbt.contracts.graph.manifest import Manifest

        return Manifest.from_msgpack(self.parsed.read_bytes(), decoder=self._decoded)

    def _decoded(self, packed: bytes) -> dict[str, Any]:
        from dbt.parser.manifest import extended_mashumuro_decoder

        read: dict[str, Any] = extended_mashumuro_decoder(packed)  # type: ignore[no-untyped-call]
        any_lake = sql_path(Settings(home=ANY_HOME).lake)
        read["sources"] = _replaced(read["sources"], any_lake, sql_path(self.lake))
        for node in read["nodes"].values():
            if node["resource_type"] == "seed":
                node["root_path"] = str(self.folder)
        return read


def parsed_project(settings: Settings, configuration: Configuration) -> ParsedProject:
    """Return the project below `<home>/cache/`; dbt reads it if it has not read this one before.

    One reading serves every day as known: only SQL asks for `known_at`, when a model is built.
    Two processes may ask at once: both read, and one result stays.

    Raises:
        BuildFailedError: dbt cannot read the project; the message names where its log lies.
    """
    cache = settings.home.resolve() / "cache"
    places = hashlib.sha256(f"{DBT_PROJECT} {configuration.folder}".encode()).hexdigest()
    folder = cache / f"dbt-{places[:16]}"
    link_project(folder, configuration)
    name = f"dbt-{project_key()}.msgpack"
    parsed = INSTALLED / name
    if not parsed.exists():
        parsed = cache / name
    if not parsed.exists():
        _read(settings, folder, parsed)
    _forget_old(cache)
    return ParsedProject(folder, parsed, settings.lake)


def _read(settings: Settings, folder: Path, parsed: Path) -> None:
    """Let dbt read the project in a folder of links, and keep what it read; all of it or nothing.

    Raises:
        BuildFailedError: dbt cannot read the project.
    """
    reading = Path(tempfile.mkdtemp(prefix="reading-", dir=parsed.parent))
    any_home = settings.model_copy(update={"home": ANY_HOME})
    raise_if_failed(run_dbt(any_home, folder, reading, ["parse"]), reading)
    (reading / "target" / "partial_parse.msgpack").replace(parsed)
    shutil.rmtree(reading)


def _replaced(value: object, old: str, new: str) -> object:
    """Return a value with one text for another in every text of it, however deep."""
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, dict):
        return {key: _replaced(item, old, new) for key, item in value.items()}
    if isinstance(value, list):
        return [_replaced(item, old, new) for item in value]
    return value


def _forget_old(cache: Path) -> None:
    """Keep the newest projects and readings; a build beside this one may use the one before."""
    for kind in ("dbt-*.msgpack", "dbt-*[!k]"):
        found = sorted(cache.glob(kind), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in found[KEPT:]:
            shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)


def project_key() -> str:
    """Return a hash of everything that dbt's reading of the project depends on."""
    seeds = sorted(path.name for path in (DBT_PROJECT / "seeds").glob("*.csv"))
    made_by = f"{version('dbt-core')} {version('dbt-duckdb')} {seeds}"
    digest = hashlib.sha256(made_by.encode())
    for name in LINKED:
        top = DBT_PROJECT / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file():
                place = path.relative_to(DBT_PROJECT).as_posix()
                digest.update(f"\n{place}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def main() -> None:
    """Let dbt read the project of this installation for all runs to come."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home))
        parsed_project(settings, resolve_configuration(settings))
        for made in (Path(home).resolve() / "cache").glob("dbt-*.msgpack"):
            for stale in INSTALLED.glob("dbt-*.msgpack"):
                stale.unlink()
            shutil.move(made, INSTALLED / made.name)


if __name__ == "__main__":
    main()
