"""dbt's reading of the project, kept: it takes longer than all models, and seldom changes."""

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from approvals.configuration import Configuration
from approvals.dbt import DBT_PROJECT, LINKED, link_project, raise_if_failed, run_dbt
from approvals.settings import Settings

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest


KEPT = 5


@dataclass(frozen=True, slots=True)
class ParsedProject:
    """The project that a build works on, and how dbt read it."""

    folder: Path
    """The folder of links that dbt takes for its project; the reading names its seeds by it."""
    parsed: Path

    def manifest(self) -> "Manifest":
        """Return what dbt read, so that it need not read again."""
        from dbt.contracts.graph.manifest import Manifest
        from dbt.parser.manifest import extended_mashumuro_decoder

        return Manifest.from_msgpack(self.parsed.read_bytes(), decoder=extended_mashumuro_decoder)


def parsed_project(settings: Settings, configuration: Configuration) -> ParsedProject:
    """Return the project below `<home>/cache/`; dbt reads it if it has not read this one before.

    One reading serves every day as known: only SQL asks for `known_at`, when a model is built.
    Two processes may ask at once: both read, and one result stays.

    Raises:
        BuildFailedError: dbt cannot read the project; the message names where its log lies.
    """
    cache = settings.home.resolve() / "cache"
    folder = cache / f"dbt-{_key(settings, configuration)}"
    project = ParsedProject(folder / "project", folder / "partial_parse.msgpack")
    if not project.parsed.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        link_project(project.folder, configuration)
        reading = Path(tempfile.mkdtemp(prefix="reading-", dir=folder))
        raise_if_failed(run_dbt(settings, project.folder, reading, ["parse"]), reading)
        (reading / "target" / project.parsed.name).replace(project.parsed)
        shutil.rmtree(reading)
        _forget_old(cache)
    return project


def _forget_old(cache: Path) -> None:
    """Keep the newest readings; a build that runs beside this one may still use the one before."""
    found = sorted(cache.glob("dbt-*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in found[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def _key(settings: Settings, configuration: Configuration) -> str:
    """Return a hash of everything that dbt's reading of the project depends on."""
    digest = hashlib.sha256(
        f"{version('dbt-core')} {DBT_PROJECT} {configuration.folder} {settings.lake}".encode()
    )
    for name in LINKED:
        top = DBT_PROJECT / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file():
                place = path.relative_to(DBT_PROJECT).as_posix()
                digest.update(f"\n{place}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
