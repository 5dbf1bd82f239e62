"""Do the tables of a configuration agree: does every key that a row names exist?

Only an agency's own files are looked at. What must hold inside the example tables is tested with
the project; what a value may be by itself, such as a time zone, `approvals.offices` knows.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from approvals.classifications import ATTRIBUTES
from approvals.contracts import DATASETS
from approvals.errors import ConfigurationError

OF_EVERY_DIMENSION = {"unmapped", "not-stated"}
SHOWN = 12
"""How many known keys a message lists at most."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A column whose values must be keys that are known."""

    column: str
    known: Callable[["pd.Series[str]"], set[str]]
    """Returns the keys that a row may name there."""
    place: str
    """Where the known keys are written down, for the message."""
    separator: str | None = None
    """What stands between several keys in one cell."""


def check_references(
    own: Mapping[str, tuple[str, pd.DataFrame]], tables: Mapping[str, pd.DataFrame]
) -> None:
    """Refuse a row of an agency's own files that names a key nobody knows.

    Args:
        own: path of each own file → the table it belongs to, and its rows.
        tables: the effective tables by name.

    Raises:
        ConfigurationError: it names file, row, column, value and what is known instead.
    """
    references = _references(tables)
    for path, (table, rows) in own.items():
        for reference in references.get(table, ()):
            for number, (_, row) in enumerate(rows.iterrows(), start=2):
                for value in _values(row, reference):
                    known = reference.known(row)
                    if value not in known:
                        raise ConfigurationError(_message(path, number, reference, value, known))


def _values(row: "pd.Series[str]", reference: Reference) -> Iterator[str]:
    text = str(row.get(reference.column, ""))
    parts = text.split(reference.separator) if reference.separator else [text]
    return (part for part in parts if part)


def _message(path: str, number: int, reference: Reference, value: str, known: set[str]) -> str:
    near = get_close_matches(value, known, SHOWN, 0.4) if len(known) > SHOWN else sorted(known)
    listed = ", ".join(near) or ("none" if not known else "(none is spelt alike)")
    return (
        f"{path}, row {number}: {reference.column} {value!r} is not known; "
        f"{reference.place} has {listed}: correct the value, or add the key there"
    )


def _references(tables: Mapping[str, pd.DataFrame]) -> dict[str, tuple[Reference, ...]]:
    """Return the columns to check of each table."""
    regions = set(tables["seeds/regions.csv"]["region_id"])
    offices = set(tables["offices.csv"]["office_id"])
    members = {
        dimension: set(tables[f"seeds/{dimension}s.csv"][f"{dimension}_id"]) | OF_EVERY_DIMENSION
        for dimension in ("donor", "recipient", "region", "sector", "funding_source")
    }
    members["modality"] = set(tables["seeds/modalities.csv"]["modality_id"]) | OF_EVERY_DIMENSION
    members["rate_set"] = set(tables["seeds/rate_sets.csv"]["rate_set_id"])
    fields = {dataset: set(schema.names) for dataset, schema in DATASETS.items()}
    every_field = set().union(*fields.values())
    contracts = "approvals/contracts.py"
    return {
        "offices.csv": (
            Reference("region_id", lambda _: regions, "seeds/regions.csv"),
            Reference("default_currency", lambda _: _currencies(), "ISO 4217"),
            Reference("default_rate_set", lambda _: members["rate_set"], "seeds/rate_sets.csv"),
            Reference("required_fields", lambda _: fields["approvals"], contracts, "|"),
        ),
        "column_maps": (
            Reference("dataset", lambda _: set(DATASETS), contracts),
            Reference("office_id", lambda _: offices, "offices.csv"),
            Reference("field", lambda row: fields.get(row["dataset"], set()) | {"-"}, contracts),
        ),
        "value_maps.csv": (
            Reference("office_id", lambda _: offices, "offices.csv"),
            Reference("field", lambda _: every_field, contracts),
        ),
        "seeds/recipients.csv": (Reference("region_id", lambda _: regions, "seeds/regions.csv"),),
        "seeds/classifications.csv": (
            Reference("dimension", lambda _: set(ATTRIBUTES), "docs/classifications.md"),
            Reference(
                "member_id", lambda row: members.get(row["dimension"], set()), "its dimension"
            ),
            Reference("value", lambda row: _values_of(row, members), "its dimension"),
        ),
        "seeds/aliases.csv": (
            Reference("dimension", lambda _: set(members), "the data model"),
            Reference(
                "member_id", lambda row: members.get(row["dimension"], set()), "its dimension"
            ),
        ),
    }


def _values_of(row: "pd.Series[str]", members: Mapping[str, set[str]]) -> set[str]:
    """Return what a classification may say; a donor group or a name may be anything."""
    attribute = row["attribute"]
    if attribute in ("region_id", "sector_id"):
        return members[attribute.removesuffix("_id")]
    return {row["value"]}


def _currencies() -> set[str]:
    from babel.numbers import list_currencies

    return set(list_currencies())
