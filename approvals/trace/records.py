"""Rows that lead to records past the lineage: approvals, versions, changes, days, agreements."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from approvals.trace.details import cells_of_record
from approvals.trace.model import Level, Step, Sum
from approvals.trace.reader import Reader
from approvals.trace.sums import sum_of_day, sum_of_versions
from approvals.trace.target import label_of


def step_of_row(
    reader: Reader, table: str, row: Mapping[str, Any], column: str, limit: int | None
) -> Step:
    """Return how a row of a fact table, or a provision of an agreement, stands on its records."""
    makers = {
        "fct_approvals": _version,
        "fct_approval_versions": _version,
        "fct_approval_restatements": _restatement,
        "rpt_agreement_provisions": _provision,
        "dim_agreements": _agreement,
        "rpt_approval_vintages": _vintage,
    }
    return makers[table](reader, table, row, column, limit)


def _version(
    reader: Reader, table: str, row: Mapping[str, Any], column: str, limit: int | None
) -> Step:
    added = sum_of_versions(
        reader, row["approval_id"], [row["version_number"]], row["amount_usd"], limit
    )
    (item,) = added.items
    value = None if row[column] is None else str(row[column])
    return Step(
        table_name=table,
        row_id=str(next(iter(row.values()))),
        key=label_of(reader, table, row),
        column_name=column,
        value=value,
        operation="version",
        formula=f"{column} of version {row['version_number']} of the approval",
        recomputed=item[column],
        agrees=item[column] == value,
        sum=added,
    )


def _vintage(
    reader: Reader, table: str, row: Mapping[str, Any], column: str, limit: int | None
) -> Step:
    day = str(row["known_date"])
    added = sum_of_day(reader, row["approval_year"], day, row[column], limit)
    return Step(
        table_name=table,
        row_id=row["vintage_id"],
        key=label_of(reader, table, row),
        column_name=column,
        value=str(row[column]),
        operation="sum",
        formula=f"what was known of the year {row['approval_year']} at the end of {day}",
        recomputed=added.levels[0].value,
        agrees=added.levels[0].agrees,
        sum=added,
    )


def _restatement(
    reader: Reader, table: str, row: Mapping[str, Any], column: str, limit: int | None
) -> Step:
    steps = []
    for number in (row["version_number"] - 1, row["version_number"]):
        found = reader.rows(  # before a late report nothing was known
            "select * from marts.fct_approval_versions "
            "where approval_id = ? and version_number = ?",
            [row["approval_id"], number],
        )
        steps += [
            _version(reader, "fct_approval_versions", version, "amount_usd", limit)
            for version in found
        ]
    effect = "its effect on the total of its year stands in change_usd"
    return Step(
        table_name=table,
        row_id=row["restatement_id"],
        key={
            **label_of(reader, table, row),
            "value_before": row["value_before"],
            "value_after": row["value_after"],
        },
        column_name=column,
        value=str(row[column]),
        operation="restatement",
        formula=f"{row['field_name']}: {row['value_before']} → {row['value_after']}; {effect}",
        recomputed=_change(row),
        agrees=Decimal(_change(row)) == row[column],
        operands=steps,
    )


def _change(row: Mapping[str, Any]) -> str:
    """Return what the counted amount changed by; other fields state no amount."""
    if row["field_name"] != "effective_usd":
        return "0.00"
    return str(Decimal(row["value_after"]) - Decimal(row["value_before"] or 0))


def _provision(
    reader: Reader, table: str, row: Mapping[str, Any], column: str, _limit: int | None
) -> Step:
    (agreement,) = reader.rows(
        "select * from marts.dim_agreements where agreement_id = ?", [row["agreement_id"]]
    )
    item = _record_of(reader, agreement)
    provided = "true" if row[column] else "false"
    return Step(
        table_name=table,
        row_id=row["provision_id"],
        key={**label_of(reader, table, row), "provision_name": row["provision_name"]},
        column_name=column,
        value=provided,
        operation="agreement",
        formula=f"whether the agreement says: {row['provision_name']}",
        recomputed=provided,
        agrees=bool(item["cells"]),
        sum=Sum([], [Level("records", 1, provided, bool(item["cells"]))], 1, [item], []),
    )


def _agreement(
    reader: Reader, table: str, row: Mapping[str, Any], column: str, _limit: int | None
) -> Step:
    item = _record_of(reader, row)
    value = None if row[column] is None else str(row[column])
    read = next((_read(cell) for cell in item["cells"] if cell["field_name"] == column), None)
    agrees = read == row[column]
    return Step(
        table_name=table,
        row_id=row["agreement_id"],
        key=label_of(reader, table, row),
        column_name=column,
        value=value,
        operation="agreement",
        formula=f"{column} of the agreement, in {row['currency_code']}",
        recomputed=None if read is None else str(read),
        agrees=agrees,
        sum=Sum([], [Level("cells", 1, str(read), agrees)], 1, [item], []),
    )


def _read(cell: Mapping[str, Any]) -> Decimal | None:
    """Read a text by nothing but the decimal sign and the multiplier of its column."""
    sign = cell["decimal_sign"] or "."
    digits = "".join(sign_or_digit for sign_or_digit in cell["raw_text"] or ""
                     if sign_or_digit.isdecimal() or sign_or_digit == sign)  # fmt: skip
    if not digits.strip(sign):
        return None
    number = Decimal(digits.replace(sign, ".")) * (cell["multiplier"] or 1)
    return number.quantize(Decimal("0.01"))


def _record_of(reader: Reader, agreement: Mapping[str, Any]) -> dict[str, Any]:
    """Return an agreement with the cells of its record."""
    place = ("file_sha256", "sheet_name", "record_number")
    item = {
        name: None if agreement[name] is None else str(agreement[name])
        for name in ("agreement_id", "agreement_reference", "donor_name", "agreement_status",
                     "agreement_date", "file_name", *place)
    }  # fmt: skip
    cells = cells_of_record(reader, *(agreement[name] for name in place))
    return {**item, "cells": cells}
