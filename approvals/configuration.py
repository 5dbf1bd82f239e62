"""Everything that is data: offices, column maps, value maps and reference seeds, laid together.

The example configuration lies in `extract/` and `dbt_project/seeds/`; `APPROVALS_CONFIG` names
another agency's folder that is laid over it or stands in its place (docs/configuration.md). The
result is a folder under `<home>/config/` named by its own hash, so that a run always reads the
configuration it started with.
"""

import hashlib
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from pydantic import ValidationError

from approvals.classifications import check_classifications
from approvals.errors import ConfigurationError
from approvals.money import (
    DEFLATORS,
    RATE_SETS,
    check_deflators,
    chosen_rate_set,
    with_chosen_rate_set,
)
from approvals.offices import Office
from approvals.references import check_references
from approvals.refused_values import sentences
from approvals.settings import PROJECT_ROOT, Settings

EXTRACT_TABLES = {
    "offices.csv": ["office_id"],
    "value_maps.csv": ["field", "office_id", "alias"],
    "published_tables.csv": ["table_id", "measure", "year", "dimension", "member"],
    "column_maps": ["dataset", "office_id", "alias"],
}
"""Tables that dbt does not read, and their keys; `column_maps` is a folder of CSV files."""
COLUMN_MAPS = PROJECT_ROOT / "extract" / "column_maps"
"""Where the column maps lie that hold for whoever has no folder of its own."""
OPTIONAL_COLUMNS = {
    "offices.csv": ("rejection_limit_pct", "default_rate_set"),
    "seeds/regions.csv": ("known_from",),
    "seeds/sectors.csv": ("known_from",),
    "seeds/published_figures.csv": (
        *("tolerance", "tolerance_reason", "paper", "paragraph", "as_of_date", "source", "note"),
    ),
    "seeds/targets.csv": ("target_usd",),
    "published_tables.csv": ("share_pct", "rounding_unit", "share_rounding_unit"),
}
"""Columns that an agency's own file may lack."""
SEED_KEYS = {
    "aliases.csv": ["dimension", "alias"],
    "classifications.csv": ["dimension", "member_id", "attribute", "valid_from", "known_from"],
    "deflators.csv": ["deflator_series", "index_year"],
}
"""The keys of the seeds whose key is not their first column."""

PRINTED = ("seeds/published_figures.csv", "seeds/targets.csv", "published_tables.csv")
"""What papers printed: an agency's file stands in the place of the example one in either mode."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The effective configuration of a run."""

    folder: Path
    """Holds offices.csv, value_maps.csv, column_maps.csv and seeds/ (with offices.csv again)."""
    offices: tuple[Office, ...]
    sha256: str
    """Hash over all files, so that a manifest can say by which configuration it was read."""
    rate_set: str | None
    """The set of rates that the marts are in; None: no set is declared, only US$ counts."""
    drop_folders: tuple[str, ...]
    """Where exports are looked for: `APPROVALS_EXPORTS`, then the configuration's `exports/`."""
    column_maps: Path = COLUMN_MAPS
    """The folder in which a header is added: the agency's own, where it has a folder."""

    def column_map_file(self, dataset: str, office_id: str) -> str:
        """Return the file that an office's headers are added to, one of its own if there is one."""
        own = (
            path
            for path in sorted(self.column_maps.glob("*.csv"))
            if (_read_csv(path)[["dataset", "office_id"]] == [dataset, office_id]).all(axis=1).any()
        )
        path = next(own, self.column_maps / f"{dataset}.csv")
        return str(path.relative_to(PROJECT_ROOT) if path.is_relative_to(PROJECT_ROOT) else path)

    def office(self, office_id: str) -> Office:
        """Return one office.

        Raises:
            ConfigurationError: no office has that id.
        """
        for office in self.offices:
            if office.office_id == office_id:
                return office
        known = ", ".join(office.office_id for office in self.offices)
        raise ConfigurationError(
            f"office {office_id!r} is not in offices.csv: add a row for it, or use one of {known}"
        )

    def table(self, name: str) -> pd.DataFrame:
        """Return one of the folder's CSV files, every value as text, empty text for no value."""
        return _read_csv(self.folder / name)


def resolve_configuration(settings: Settings) -> Configuration:
    """Lay the configurations together and write the result under `<home>/config/<hash>/`.

    Raises:
        ConfigurationError: a file has wrong columns, an office has an impossible value, or the
            folder holds a file that nothing reads; the message names the file and the fix.
    """
    tables = _tables(settings)
    digest = hashlib.sha256()
    for name in sorted(tables):
        digest.update(f"{name}\n{tables[name].to_csv(index=False)}".encode())
    folder = settings.resolved_config / digest.hexdigest()[:16]
    if not folder.is_dir():
        _write(folder, tables)
    own = settings.config / "exports" if settings.config else None
    return Configuration(
        folder=folder,
        offices=_offices(tables["offices.csv"], settings.config),
        sha256=digest.hexdigest(),
        rate_set=chosen_rate_set(tables),
        drop_folders=(settings.exports, *([str(own)] if own and own.is_dir() else [])),
        column_maps=settings.config / "column_maps" if settings.config else COLUMN_MAPS,
    )


def _tables(settings: Settings) -> dict[str, pd.DataFrame]:
    """Return each effective table by its path below the resolved folder."""
    own_folder = _own_folder(settings)
    folder = PROJECT_ROOT / "dbt_project" / "seeds"
    seeds = sorted(path for path in folder.glob("*.csv") if path.name != "offices.csv")
    _refuse_unknown_files(own_folder, {path.name for path in seeds})
    tables: dict[str, pd.DataFrame] = {}
    for name, key in EXTRACT_TABLES.items():
        target = name if name.endswith(".csv") else f"{name}.csv"
        tables[target] = _laid(PROJECT_ROOT / "extract" / name, own_folder, name, key, settings)
    for path in seeds:
        key = SEED_KEYS.get(path.name) or [_read_csv(path).columns[0]]
        name = f"seeds/{path.name}"
        tables[name] = _laid(path, own_folder, name, key, settings)
    tables["seeds/offices.csv"] = tables["offices.csv"]
    own_sets = own_folder / RATE_SETS if own_folder else None
    sets = _read_csv(own_sets) if own_sets and own_sets.exists() else None
    tables[RATE_SETS] = with_chosen_rate_set(tables[RATE_SETS], sets, settings.rate_set)
    check_deflators(tables[DEFLATORS])
    if own_folder is not None:
        own = _own_rows(own_folder)
        check_references(own, tables)
        check_classifications(own, tables["seeds/classifications.csv"])
    return tables


def _own_rows(own_folder: Path) -> dict[str, tuple[str, pd.DataFrame]]:
    """Return each CSV file of an agency's folder, with the table that it belongs to."""
    paths = sorted(own_folder.rglob("*.csv"))
    names = {path: path.relative_to(own_folder).as_posix() for path in paths}
    return {
        str(path): ("column_maps" if name.startswith("column_maps/") else name, _read_csv(path))
        for path, name in names.items()
        if not name.startswith("exports/")
    }


def _own_folder(settings: Settings) -> Path | None:
    if settings.config is not None and not settings.config.is_dir():
        raise ConfigurationError(
            f"APPROVALS_CONFIG names {settings.config}, which is not a folder: correct the path"
        )
    return settings.config


def _refuse_unknown_files(own_folder: Path | None, seeds: set[str]) -> None:
    """A misspelt file would otherwise be ignored in silence."""
    if own_folder is None:
        return
    known = {name for name in EXTRACT_TABLES if name.endswith(".csv")} | {
        f"seeds/{name}" for name in seeds
    }
    for path in sorted(own_folder.rglob("*.csv")):
        name = path.relative_to(own_folder).as_posix()
        is_map = path.parent == own_folder / "column_maps"
        if not (name in known or is_map or name.startswith("exports/")):
            raise ConfigurationError(
                f"{path} is read by nothing: rename it to one of {', '.join(sorted(known))}, "
                "or move it into column_maps/ or exports/"
            )


def _laid(
    default: Path, own_folder: Path | None, name: str, key: list[str], settings: Settings
) -> pd.DataFrame:
    """Return the default table with the agency's rows laid over it, or in its place."""
    base = _read_table(default)
    own_path = own_folder / name if own_folder else None
    replace = own_folder is not None and settings.config_mode == "replace"
    if own_path is None or not _holds_rows(own_path):
        return base.iloc[0:0] if replace else base
    own = _read_table(own_path)
    for column in OPTIONAL_COLUMNS.get(name, ()):
        own[column] = own.get(column, "")
    expected, stated = set(map(str, base.columns)), set(map(str, own.columns))
    missing, unknown = expected - stated, stated - expected
    if missing or unknown:
        raise ConfigurationError(
            f"{own_path}: columns missing: {sorted(missing) or 'none'}, unknown: "
            f"{sorted(unknown) or 'none'}; docs/configuration.md lists them"
        )
    rows = own if replace or name in PRINTED else pd.concat([base, own[base.columns]])
    rows = rows[base.columns]
    return rows.drop_duplicates(key, keep="last").reset_index(drop=True)


def _holds_rows(path: Path) -> bool:
    """A folder that is still empty says as little as a file that is not there."""
    return any(path.glob("*.csv")) if path.is_dir() else path.exists()


def _read_table(path: Path) -> pd.DataFrame:
    """Return a CSV file, or all CSV files of a folder one after the other."""
    if path.is_dir():
        return pd.concat([_read_csv(part) for part in sorted(path.glob("*.csv"))])
    return _read_csv(path)


def _read_csv(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is not a CSV file in UTF-8: {error}") from error


def _offices(table: pd.DataFrame, own_folder: Path | None) -> tuple[Office, ...]:
    offices = []
    for values in table.to_dict("records"):
        try:
            offices.append(Office.model_validate(values))
        except (ValidationError, re.error) as error:
            detail = sentences(error) if isinstance(error, ValidationError) else str(error)
            raise ConfigurationError(
                f"{_place_of(values['office_id'], table, own_folder)}: {detail}"
            ) from error
    return tuple(offices)


def _place_of(office_id: str, table: pd.DataFrame, own_folder: Path | None) -> str:
    """Return the file and row in which an office stands; an agency's own file comes last."""
    own_path = own_folder / "offices.csv" if own_folder else None
    if own_path and own_path.exists() and office_id in set(_read_csv(own_path)["office_id"]):
        path, rows = str(own_path), _read_csv(own_path)
    else:
        path, rows = "offices.csv", table
    row = max(place for place, stated in enumerate(rows["office_id"], 2) if stated == office_id)
    return f"{path}, row {row} ({office_id})"


def _write(folder: Path, tables: dict[str, pd.DataFrame]) -> None:
    """Write under another name first: a folder that exists is whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    (partial / "seeds").mkdir()
    for name, table in tables.items():
        table.to_csv(partial / name, index=False)
    try:
        partial.rename(folder)
    except OSError:  # another process wrote the same content first
        if not folder.is_dir():
            raise
        shutil.rmtree(partial)
