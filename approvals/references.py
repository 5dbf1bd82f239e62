"""Do the tables of a configuration agree: does every key that a row names exist?

A published figure is checked for its words too: a misspelt measure would have no data for ever.

Only an agency's own files are looked at. What must hold inside the example tables is tested with
the project; what a value may be by itself, such as a time zone, `approvals.offices` knows.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from approvals.classifications import ATTRIBUTES
from approvals.contracts import APPROVAL_STATUSES, DATASETS
from approvals.errors import ConfigurationError
from approvals.figure_words import (
    DATE,
    MEASURES,
    OPERATORS,
    PERIOD,
    TOLERANCE,
    currencies,
    dimensions_of,
    units_of,
)

OF_EVERY_DIMENSION = {"unmapped", "not-stated"}
MARKERS = (
    *("gender_marker", "tripartism_marker", "multi_annual"),
    *("gender_reference", "gender_allocation", "social_partner_allocation"),
)
CANONICAL: dict[str, set[str]] = {
    "status": set(APPROVAL_STATUSES),
    "negotiation": {"local", "central"},
    "agreement_status": {"signed", "renewed", "to be signed", "under discussion"},
    **{marker: {"yes", "no"} for marker in MARKERS},
}
"""Field → the values that a word of `value_maps.csv` may mean (docs/lake.md)."""
SHOWN = 20
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


@dataclass(frozen=True, slots=True)
class Shape:
    """A column whose values must be written in one way."""

    column: str
    pattern: re.Pattern[str]
    examples: str


FIGURES = "docs/published-figures.md"
SHAPES: dict[str, tuple[Shape, ...]] = {
    "column_maps": (Shape("priority", re.compile(r"[0-9]{0,4}"), "1, or nothing"),),
    "seeds/published_figures.csv": (
        *(
            Shape(column, re.compile(r"\S.*"), example)
            for column, example in (
                *(("figure_id", "H01"), ("measure", "approvals"), ("dimension", "total")),
                *(("member", "all"), ("operator", "="), ("unit", "USD million")),
            )
        ),
        Shape("period", PERIOD, "2006, 2005-2006, 2006 vs 2005, 2014-2017 per year"),
        Shape("expected_value", re.compile(r"\S.*"), "243, Denmark;Norway, true"),
        Shape("tolerance", TOLERANCE, "0.5, or nothing"),
        Shape("as_of_date", DATE, "2007-10-15, or nothing"),
    ),
}


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
        _check_shapes(path, rows, SHAPES.get(table, ()))
        for reference in references.get(table, ()):
            for number, (_, row) in enumerate(rows.iterrows(), start=2):
                for value in _values(row, reference):
                    known = reference.known(row)
                    if value not in known:
                        raise ConfigurationError(_message(path, number, reference, value, known))


def _check_shapes(path: str, rows: pd.DataFrame, shapes: tuple[Shape, ...]) -> None:
    for shape in shapes:
        if shape.column in rows:
            wrong = ~rows[shape.column].str.fullmatch(shape.pattern)
            for row, value in rows.loc[wrong, shape.column].items():
                raise ConfigurationError(
                    f"{path}, row {int(str(row)) + 2}: {shape.column} {value!r} cannot be read; "
                    f"write it like {shape.examples}"
                )


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
            Reference("default_currency", lambda _: set(currencies()), "ISO 4217"),
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
            Reference("value", canonical_values, "docs/lake.md"),
        ),
        "seeds/published_figures.csv": (
            Reference("measure", lambda _: set(MEASURES), FIGURES),
            Reference("dimension", lambda row: dimensions_of(row["measure"]), FIGURES),
            Reference("operator", lambda _: set(OPERATORS), FIGURES),
            Reference("unit", lambda row: units_of(row["measure"]), FIGURES),
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


def canonical_values(row: "pd.Series[str]") -> set[str]:
    """Return what a word of the row's field may mean; of other fields than these, anything."""
    if row["field"] == "currency_code":
        return set(currencies())
    return CANONICAL.get(row["field"], {row["value"]})


def _values_of(row: "pd.Series[str]", members: Mapping[str, set[str]]) -> set[str]:
    """Return what a classification may say; a donor group or a name may be anything."""
    attribute = row["attribute"]
    if attribute in ("region_id", "sector_id"):
        return members[attribute.removesuffix("_id")]
    return {row["value"]}
