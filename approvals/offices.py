"""A reporting office as `offices.csv` describes it: where its exports lie and how it writes."""

import codecs
import re
from functools import cache
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from approvals.contracts import REQUIRED_FIELDS

REJECTION_LIMIT_PCT = 20
"""Share of a file's rows above which it is rejected whole, where an office declares no other."""
UNDECLARED = "undeclared"


def _patterns(text: object) -> object:
    return tuple(part for part in text.split("|") if part) if isinstance(text, str) else text


def _optional(text: object) -> object:
    return text or None


def _yes(text: object) -> object:
    return {"yes": True, "no": False}.get(text, text) if isinstance(text, str) else text


def _default_limit(text: object) -> object:
    return REJECTION_LIMIT_PCT if text == "" else text


@cache
def _zones() -> set[str]:
    return available_timezones()


class Office(BaseModel):
    """One row of `offices.csv`; docs/configuration.md says what each column means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    office_id: str = Field(pattern=r"^[a-z0-9_]{1,40}$")
    office_name: str = Field(min_length=1)
    office_role: Literal["headquarters", "field", "treasury"]
    region_id: str = ""
    time_zone: str
    language: Annotated[Literal["en", "fr", "es", "pt"] | None, BeforeValidator(_optional)] = None
    decimal_sign: Annotated[Literal[".", ","] | None, BeforeValidator(_optional)] = None
    date_order: Annotated[Literal["dmy", "mdy", "ymd"] | None, BeforeValidator(_optional)] = None
    code_page: Annotated[str | None, BeforeValidator(_optional)] = None
    cadence: Literal["monthly", "quarterly", "annual", "irregular"]
    coverage: Literal["cumulative", "delta"]
    file_pattern: Annotated[tuple[str, ...], BeforeValidator(_patterns)]
    name_pattern: Annotated[re.Pattern[str] | None, BeforeValidator(_optional)] = None
    exported_at_source: Literal[
        "file_name", "reported_at", "modified_time", "file_name_or_modified_time"
    ]
    usd_basis: Literal["rates", "reported"]
    reference_scope: Literal["unique", "repeatable"]
    default_negotiation: Annotated[
        Literal["local", "central"] | None, BeforeValidator(_optional)
    ] = None
    default_currency: Annotated[str | None, BeforeValidator(_optional)] = None
    default_rate_set: str = ""
    required_fields: Annotated[tuple[str, ...], BeforeValidator(_patterns)] = ()
    is_synthetic: Annotated[bool, BeforeValidator(_yes)] = False
    rejection_limit_pct: Annotated[int, BeforeValidator(_default_limit), Field(ge=0, le=100)] = (
        REJECTION_LIMIT_PCT
    )

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in _zones():
            raise ValueError(f"{zone!r} is not an IANA time zone")
        return zone

    @field_validator("code_page")
    @classmethod
    def _known_code_page(cls, name: str | None) -> str | None:
        if name is None:
            return None
        try:
            return codecs.lookup(name).name
        except LookupError as error:
            raise ValueError(f"{name!r} is not a code page that Python knows") from error

    def required(self, dataset: str) -> tuple[str, ...]:
        """Return the fields without which a row of this office is quarantined."""
        if dataset == "approvals" and self.required_fields:
            return self.required_fields
        return REQUIRED_FIELDS[dataset]


def undeclared_office(office_id: str = UNDECLARED) -> Office:
    """Return the office of a file that nobody has declared: nothing about it is known.

    Default aliases hold, no locale does: what the values do not prove is flagged or refused. A
    reference that repeats counts each time, since nobody said that it is unique.
    """
    return Office(
        office_id=office_id,
        office_name=f"{office_id} (not declared in offices.csv)",
        office_role="field",
        time_zone="UTC",
        cadence="irregular",
        coverage="delta",
        file_pattern=(),
        name_pattern=re.compile(r"(?P<exported>(?:19|20)\d{2}-\d{2}-\d{2})"),
        exported_at_source="file_name_or_modified_time",
        usd_basis="rates",
        reference_scope="repeatable",
    )
