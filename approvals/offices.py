"""A reporting office as `offices.csv` describes it: where its exports lie and how it writes."""

import codecs
import re
from functools import cache
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from approvals.contracts import REQUIRED_FIELDS


def _patterns(text: object) -> object:
    return tuple(part for part in text.split("|") if part) if isinstance(text, str) else text


def _optional(text: object) -> object:
    return text or None


def _yes(text: object) -> object:
    return {"yes": True, "no": False}.get(text, text) if isinstance(text, str) else text


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
    language: Literal["en", "fr", "es", "pt"]
    decimal_sign: Literal[".", ","]
    date_order: Literal["dmy", "mdy", "ymd"]
    code_page: str = "cp1252"
    cadence: Literal["monthly", "quarterly", "annual", "irregular"]
    coverage: Literal["cumulative", "delta"]
    file_pattern: Annotated[tuple[str, ...], BeforeValidator(_patterns)]
    name_pattern: Annotated[re.Pattern[str] | None, BeforeValidator(_optional)] = None
    exported_at_source: Literal["file_name", "reported_at", "modified_time"]
    usd_basis: Literal["rates", "reported"]
    reference_scope: Literal["unique", "repeatable"]
    default_negotiation: Annotated[
        Literal["local", "central"] | None, BeforeValidator(_optional)
    ] = None
    default_currency: Annotated[str | None, BeforeValidator(_optional)] = None
    required_fields: Annotated[tuple[str, ...], BeforeValidator(_patterns)] = ()
    is_synthetic: Annotated[bool, BeforeValidator(_yes)] = False

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in _zones():
            raise ValueError(f"{zone!r} is not an IANA time zone")
        return zone

    @field_validator("code_page")
    @classmethod
    def _known_code_page(cls, name: str) -> str:
        try:
            return codecs.lookup(name).name
        except LookupError as error:
            raise ValueError(f"{name!r} is not a code page that Python knows") from error

    def required(self, dataset: str) -> tuple[str, ...]:
        """Return the fields without which a row of this office is quarantined."""
        if dataset == "approvals" and self.required_fields:
            return self.required_fields
        return REQUIRED_FIELDS[dataset]
