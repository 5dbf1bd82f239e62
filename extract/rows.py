"""From fields to rows: typed values, reasons to quarantine a row, warnings on the others."""

from dataclasses import dataclass

import duckdb
import pandas as pd
import pyarrow as pa
from babel.numbers import list_currencies

from approvals.contracts import AGREEMENTS, DATASETS
from approvals.offices import Office
from extract.conventions import Conventions
from extract.expressions import calendar_date, folded, month_start, number
from extract.fields import dataset_fields
from extract.reasons import ROW_REASONS

CODED_FIELDS = {
    "status": "approved",
    "negotiation": None,
    "gender_marker": None,
    "tripartism_marker": None,
    "agreement_status": None,
    "multi_annual": None,
    "gender_reference": None,
    "gender_allocation": None,
    "social_partner_allocation": None,
}
"""Fields whose words `value_maps.csv` translates, and what an empty cell means."""
MARKERS = [name for name, default in CODED_FIELDS.items() if default is None][1:3] + [
    name for name in AGREEMENTS.names if name in CODED_FIELDS and name != "agreement_status"
]


FIELDS_WITH_REASONS = {reason.field for reason in ROW_REASONS} - {"office_reference"}
"""Required fields whose absence has a reason code of its own."""


@dataclass(frozen=True, slots=True)
class Typing:
    """What it takes to type the fields of one table."""

    dataset: str
    office: Office
    conventions: Conventions


def create_rows(
    connection: duckdb.DuckDBPyConnection, typing: Typing, value_maps: pd.DataFrame
) -> None:
    """Create the table `typed`: one row for each data record.

    Columns: those of the dataset's contract but `file_sha256`, `office_id` and `sheet_name`, and
    `reasons`, the list of reason codes (empty: accepted), in the order of the catalogue.
    """
    _register_words(connection, typing.office, value_maps)
    names = dataset_fields(typing.dataset)
    values = ",\n".join(f"{_value(name, typing)} as {name}" for name in names)
    texts = ", ".join(f"{name} as {name}_text" for name in names)
    corrected = _amounts(typing) if typing.dataset == "approvals" else "select * from valued"
    connection.execute(
        f"""
        create table typed as
        with data as (
            select record_number, raw_cells, unmapped_cells, {texts}
            from fields where kind = 'data'
        ), valued as (select *, {values} from data), final as ({corrected})
        select *, {_codes(_reasons(typing))} as reasons,
            nullif(array_to_string({_codes(row_warnings(typing.dataset))}, ' '), '') as warning_codes
        from final
        """
    )


def _register_words(
    connection: duckdb.DuckDBPyConnection, office: Office, value_maps: pd.DataFrame
) -> None:
    """Register the words of the coded fields and the currencies of ISO 4217 (from CLDR)."""
    rows = value_maps[value_maps["office_id"].isin(["", office.office_id])]
    rows = rows.sort_values("office_id").drop_duplicates(["field", "alias"], keep="last")
    connection.register("words", pa.Table.from_pandas(rows[["field", "alias", "value"]]))
    connection.execute(
        f"create table value_words as select field, {folded('alias')} as word, "
        "max(value) as value from words group by all"
    )
    currencies = pa.table({"code": sorted(list_currencies())})
    connection.register("currency_list", currencies)
    connection.execute("create table currencies as select code from currency_list")


def _value(field: str, typing: Typing) -> str:
    """Return SQL for the typed value of a field."""
    text = f"{field}_text"
    kind = DATASETS[typing.dataset].field(field).type
    order, sign = typing.conventions.date_order, typing.conventions.decimal_sign
    if field in CODED_FIELDS:
        return _coded(field, typing.office)
    if field == "rate_month":
        return month_start(text, order)
    if field == "currency_code":
        return _currency(text, typing.office.default_currency)
    if pa.types.is_timestamp(kind):
        day = calendar_date(text, order)
        return f"coalesce(try_cast({text} as timestamp), cast({day} as timestamp))"
    if pa.types.is_date(kind):
        return calendar_date(text, order)
    return number(text, sign) if pa.types.is_decimal(kind) else text


def _coded(field: str, office: Office) -> str:
    """Return SQL for a word of value_maps.csv; NULL where the word is not known."""
    text = f"{field}_text"
    default = office.default_negotiation if field == "negotiation" else CODED_FIELDS[field]
    coded = f"(select value from value_words where field = '{field}' and word = {folded(text)})"
    return f"case when {text} is not null then {coded} else {_literal(default)} end"


def _currency(text: str, default: str | None) -> str:
    """Return SQL for a currency code: by the words of value_maps.csv, else as an ISO code."""
    word = (
        f"(select value from value_words where field = 'currency_code' and word = {folded(text)})"
    )
    known = f"(select code from currencies where code = upper({text}))"
    return f"case when {text} is null then {_literal(default)} else coalesce({word}, {known}) end"


def _amounts(typing: Typing) -> str:
    """Return SQL that uses the reported US$ amount where no original one is stated."""
    usable = "amount_usd_reported is not null"
    if typing.office.usd_basis == "reported":
        missing = f"{usable} and (amount_original_text is null or currency_code_text is null)"
    else:
        missing = f"{usable} and amount_original_text is null"
    return f"""
        select * exclude (amount_original, currency_code),
            case when {missing} then amount_usd_reported else amount_original end
                as amount_original,
            case when {missing} then 'USD' else currency_code end as currency_code,
            coalesce({missing}, false) as amount_from_usd
        from valued"""


def _reasons(typing: Typing) -> dict[str, str]:
    """Return reason code → SQL condition, in the order of the catalogue."""
    conditions = row_conditions(typing.dataset, typing.office)
    return {
        reason.code: conditions[reason.code] for reason in ROW_REASONS if reason.code in conditions
    }


def row_conditions(dataset: str, office: Office) -> dict[str, str]:
    """Return reason code → SQL condition under which a row of this office is quarantined."""
    conditions = {
        "approvals": _approval_reasons,
        "rates": _rate_reasons,
        "agreements": _agreement_reasons,
    }[dataset](office)
    others = [name for name in office.required(dataset) if name not in FIELDS_WITH_REASONS]
    if others:
        conditions["required_value_missing"] = " or ".join(f"{name} is null" for name in others)
    return conditions


def _approval_reasons(office: Office) -> dict[str, str]:
    conditions = {
        "amount_missing": "amount_original_text is null and not amount_from_usd",
        "amount_unreadable": "amount_original_text is not null and amount_original is null",
        "amount_too_large": "abs(amount_original) >= 1e16",
        "currency_missing": "currency_code is null and currency_code_text is null",
        "currency_unknown": "currency_code is null and currency_code_text is not null",
        "approval_date_missing": "approval_date_text is null",
        "approval_date_unreadable": "approval_date_text is not null and approval_date is null",
        "approval_date_out_of_range": "year(approval_date) not between 1950 and 2100",
        "status_unknown": "status is null",
    }
    if "donor_name" in office.required("approvals"):
        conditions["donor_missing"] = "donor_name is null"
    return conditions


def _rate_reasons(_: Office) -> dict[str, str]:
    return {
        "currency_missing": "currency_code is null and currency_code_text is null",
        "currency_unknown": "currency_code is null and currency_code_text is not null",
        "rate_unreadable": "units_per_usd is null or units_per_usd <= 0",
        "rate_month_unreadable": "rate_month is null",
    }


def _agreement_reasons(_: Office) -> dict[str, str]:
    return {
        "donor_missing": "donor_name is null",
        "agreement_status_unknown": "agreement_status is null",
    }


def row_warnings(dataset: str) -> dict[str, str]:
    """Return warning code → SQL condition."""
    names = dataset_fields(dataset)
    markers = [name for name in MARKERS if name in names]
    dates = [name for name in ("start_date", "end_date", "signed_date") if name in names]
    found = {}
    if dataset == "approvals":
        found["amount_from_reported_usd"] = "amount_from_usd"
        found["amount_not_positive"] = "amount_original <= 0"
        found["negotiation_unknown"] = "negotiation is null and negotiation_text is not null"
    if "amount_original" in names:
        found["amount_rounded"] = "amount_original <> round(amount_original, 2)"
    if dates:
        found["end_before_start"] = "end_date < start_date"
        found["date_unreadable"] = _lost(dates)
    if markers:
        found["marker_unknown"] = _lost(markers)
    return found


def _lost(names: list[str]) -> str:
    return " or ".join(f"({name} is null and {name}_text is not null)" for name in names)


def _codes(conditions: dict[str, str]) -> str:
    cases = ", ".join(f"case when {test} then '{code}' end" for code, test in conditions.items())
    return f"list_filter([{cases or 'null'}]::varchar[], code -> code is not null)"


def _literal(constant: str | None) -> str:
    """Return a constant of the configuration as SQL; offices.csv was validated when it was read."""
    if constant is None:
        return "cast(null as varchar)"
    if not constant.isalpha():
        raise ValueError(f"{constant!r} is not a word")
    return f"'{constant}'"
