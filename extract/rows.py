"""From fields to rows: typed values, reasons to quarantine a row, warnings on the others."""

from dataclasses import dataclass

import duckdb
import pandas as pd
import pyarrow as pa
from babel.numbers import list_currencies

from approvals.contracts import AGREEMENTS, DATASETS
from approvals.offices import Office
from extract.conventions import Conventions
from extract.expressions import MONTH_NUMBERS, calendar_date, month_start, number
from extract.fields import CODED_FIELDS, dataset_fields
from extract.folding import fold
from extract.reasons import ROW_REASONS

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
    mapped: frozenset[str]
    """The fields that some column of the file gives."""


def set_words(
    connection: duckdb.DuckDBPyConnection, office_id: str, value_maps: pd.DataFrame
) -> None:
    """Set the variables `words` (field and folded word → value), `months` and `currencies`.

    The words of the office itself win over those of every office. Currencies are those of CLDR.
    """
    rows = value_maps[value_maps["office_id"].isin(["", office_id])].sort_values("office_id")
    keys = rows["field"] + ":" + rows["alias"].map(fold)
    _set_map(connection, "words", dict(zip(keys, rows["value"], strict=True)))
    _set_map(connection, "months", MONTH_NUMBERS)
    connection.register("currency_list", pa.table({"code": sorted(list_currencies())}))
    connection.execute("set variable currencies = (select list(code) from currency_list)")


def _set_map(connection: duckdb.DuckDBPyConnection, name: str, entries: dict[str, str]) -> None:
    texts = pa.schema([("key", pa.string()), ("value", pa.string())])  # of no entries too
    connection.register("entries", pa.table([[*entries], [*entries.values()]], schema=texts))
    connection.execute(f"set variable {name} = (select map(list(key), list(value)) from entries)")


def create_rows(connection: duckdb.DuckDBPyConnection, typing: Typing) -> None:
    """Create the table `typed`: one row for each data record.

    Columns: those of the dataset's contract but `file_sha256`, `office_id` and `sheet_name`, and
    `reasons`, the list of reason codes (empty: accepted), in the order of the catalogue.
    """
    names = dataset_fields(typing.dataset)
    values = ",\n".join(f"{_value(name, typing)} as {name}" for name in names)
    corrected = _amounts(typing) if typing.dataset == "approvals" else "select * from valued"
    warnings = _codes(row_warnings(typing.dataset))
    connection.execute(
        f"""
        create or replace temp table typed as
        with valued as (select *, {values} from fields where kind = 'data'),
        final as ({corrected})
        select *, {_codes(_reasons(typing))} as reasons,
            nullif(array_to_string({warnings}, ' '), '') as warning_codes
        from final
        """
    )


def _value(field: str, typing: Typing) -> str:
    """Return SQL for the typed value of a field."""
    text = f"{field}_text"
    kind = DATASETS[typing.dataset].field(field).type
    order, sign = typing.conventions.date_order, typing.conventions.decimal_sign
    if field in CODED_FIELDS or field == "currency_code":
        return _coded(field, typing)
    if pa.types.is_string(kind):
        return text
    if field not in typing.mapped:
        value = f"cast(null as {sql_type(kind)})"
    elif pa.types.is_timestamp(kind):
        day = calendar_date(field, order)
        value = f"coalesce(try_cast({text} as timestamp), cast({day} as timestamp))"
    elif pa.types.is_date(kind):
        value = month_start(field, order) if field == "rate_month" else calendar_date(field, order)
    else:
        value = number(field, sign)
    return value


def _coded(field: str, typing: Typing) -> str:
    """Return SQL for a word or an ISO currency code; the office's default for an empty cell."""
    text = f"{field}_text"
    value = f"getvariable('words')['{field}:' || {field}_word]"
    default = CODED_FIELDS.get(field)
    if field == "negotiation":
        default = typing.office.default_negotiation
    if field == "currency_code":
        default = typing.office.default_currency
        known = f"list_contains(getvariable('currencies'), upper({text}))"
        value = f"coalesce({value}, case when {known} then upper({text}) end)"
    empty = _literal(default)
    if field not in typing.mapped:
        return empty
    return f"case when {text} is null then {empty} else {value} end"


def sql_type(kind: pa.DataType) -> str:
    """Return DuckDB's name for a type of the lake's contract."""
    if pa.types.is_decimal(kind):
        return f"decimal({kind.precision}, {kind.scale})"
    if pa.types.is_timestamp(kind):
        return "timestamp"
    return {pa.date32(): "date", pa.int64(): "bigint", pa.string(): "varchar"}[kind]


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


def typed_columns(contract: pa.Schema) -> str:
    """Return a select list with the contract's columns in its types."""
    return ", ".join(_cast(field) for field in contract)


def _cast(field: pa.Field) -> str:
    name, kind = field.name, field.type
    if pa.types.is_decimal(kind):
        return f"try_cast(round({name}, {kind.scale}) as {sql_type(kind)}) as {name}"
    if pa.types.is_timestamp(kind):
        return f"cast({name} as timestamptz) as {name}"
    return f"cast({name} as {sql_type(kind)}) as {name}"
