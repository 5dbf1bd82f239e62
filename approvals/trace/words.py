"""How a trace is said to people, in one place for the terminal and the page."""

import json
from collections.abc import Mapping
from typing import Any

from approvals.trace.model import Level, Step
from approvals.visible import visible

LEVELS = {
    "contributions": "contributions re-added",
    "versions": "versions of approvals re-added",
    "records": "records re-added, converted by the rate",
    "cells": "texts of the cells read once more",
}
COUNTED_BY = {
    "row": "in the same row",
    "previous": "of the year before",
    "period": "all rows of the year",
    "earlier": "rows of all years before",
    "others": "rows of all other years",
    "least": "all rows, of which the least counts",
    "highest": "all rows, of which the highest counts",
    "list": "all rows that name a donor",
    "sum": "all rows, added up",
    "mean": "all rows, added up and divided by the years",
    "percentage": "the rows of both sums",
    "change": "the rows of both sums",
    "least change": "the rows of all members, of which the least counts",
    "rank": "the rows of all members",
    "exceeds": "the rows of the period and of all years before",
}


def amount(text: str | None) -> str:
    """Return a number with its thousands set apart; other text as it is."""
    if text is None:
        return "none"
    whole, point, rest = text.partition(".")
    digits = whole.removeprefix("-")
    if not digits.isdigit() or len(digits) < 5:
        return visible(text)
    return f"{int(whole):,}{point}{rest}"


def title(step: Step) -> str:
    """Return what a step is about: its row, its column and its value."""
    key = {name: visible(text) for name, text in step.key.items() if text is not None}
    if step.table_name == "rpt_published_figures":
        told = " ".join(key[name] for name in ("measure", "period", "member") if name in key)
        column = "" if step.column_name == "value" else f" {step.column_name}"
        return f"{step.row_id} {told}{column} = {amount(step.value)}, printed {key['printed']}"
    return f"{step.table_name} [{' '.join(key.values())}] {step.column_name} = {amount(step.value)}"


def rows(count: int) -> str:
    """Return a number of rows."""
    return "1 row" if count == 1 else f"{count:,} rows"


def level(said: Level) -> str:
    """Return one level below a sum."""
    words = f"{LEVELS[said.name]}: {rows(said.rows)}, {amount(said.value)}"
    return f"{words} ({said.note})" if said.note else words


def place(item: Mapping[str, Any]) -> str:
    """Return where a record stands: file, sheet, record."""
    name = item.get("original_name") or item.get("file_name") or item.get("other_file_name")
    if name is None:
        return "no file"
    sheet = item.get("sheet_name")
    record = item.get("record_number")
    parts = [visible(str(name)), f"sheet {visible(sheet)}" if sheet else ""]
    parts.append("not stated there any more" if record is None else f"record {record}")
    return ", ".join(part for part in parts if part)


def approval(item: Mapping[str, Any]) -> str:
    """Return one approval below a sum: amount, who it is, which version, where it stands."""
    if "agreement_id" in item:
        named = f"agreement {visible(item['agreement_reference'] or item['donor_name'])}"
        return f"{named}, {visible(item['agreement_status'])}, {place(item)}"
    named = item["project_symbol"] or item["office_reference"] or item["approval_id"]
    return (
        f"{amount(item['contributed_usd'])} US$  {visible(named)}, version "
        f"{item['version_number']}, {place(item)}"
    )


def money(item: Mapping[str, Any]) -> str | None:
    """Return how an amount became US$, or None where it was US$ or the row holds none."""
    if item.get("currency_code") in (None, "USD") or item.get("amount_usd") is None:
        return None
    said = f"{item['currency_code']} {amount(item['amount_original'])}"
    rate = item.get("rate")
    if rate:
        return (
            f"{said} ÷ {rate['units_per_usd']} ({rate_of(rate)}, {place(rate)})"
            f" = US$ {amount(item['amount_usd'])}"
        )
    return f"{said} = US$ {amount(item['amount_usd'])}, as the office reports it"


def rate_of(rate: Mapping[str, Any]) -> str:
    """Return what a rate is: its set, the days it holds for, and since when it is known."""
    return (
        f"{visible(rate['rate_set_name'])}, {rate['holds_from_date']} to {rate['holds_to_date']}, "
        f"known from {rate['known_from_at'][:10]}"
    )


def cell(found: Mapping[str, Any]) -> str:
    """Return one cell: column, header, field, text, and the rules by which it was read."""
    rules = [
        f"alias {visible(found['matched_alias'])}" if found["match_score"] != 100 else "",
        f"match {found['match_score']}" if found["match_score"] != 100 else "",
        f"× {found['multiplier']}" if found["multiplier"] not in (None, 1) else "",
        f"currency {found['header_currency_code']}" if found["header_currency_code"] else "",
        f"decimal sign {found['decimal_sign']}" if found["decimal_sign"] else "",
        f"dates {found['date_order']}" if found["date_order"] else "",
    ]
    applied = ", ".join(rule for rule in rules if rule)
    text = "empty" if found["raw_text"] is None else f"“{visible(found['raw_text'])}”"
    place = f"{found['column_letters']} {visible(found['column_header'] or '')}".strip()
    value = found["value"]
    became = f" → {visible(value)}" if value not in (None, found["raw_text"]) else ""
    return f"{found['field_name']}: {place} {text}{became}" + (f" ({applied})" if applied else "")


def left_out(item: Mapping[str, Any]) -> str:
    """Return one record that was left out of a sum."""
    named = item.get("project_symbol") or item.get("office_reference") or item.get("reason_code")
    held = amount(item["amount_usd"]) if item["amount_usd"] else "no amount in"
    why = item.get("decision") or item.get("reason_column") or ""
    person = item.get("decided_by") if item.get("decision_id") else None
    by = f"{visible(person)}: " if person else ""
    because = f" ({by}{visible(why)})" if why else ""
    return f"{held} US$  {visible(named or item['office_id'])}, {place(item)}{because}"


def change(version: Mapping[str, Any]) -> str:
    """Return one version of an approval: what it said, when it was known, where it stands."""
    return (
        f"version {version['version_number']} {version['version_kind']}, {version['status']}, "
        f"US$ {amount(version['amount_usd'])}, known from {version['known_from_at']}, "
        f"{place(version)}"
    )


def duplicate(found: Mapping[str, Any]) -> str:
    """Return what was decided about an approval and another, by a rule or by whom."""
    other = f"{visible(found['other_office_id'])}, {place(_placed(found))}"
    said = f"{found['suspicion']} with {other}: {found['decision']}"
    if found["decision_id"] is None:
        return f"{said} ({visible(found['reason'])})"
    return f"{said}, {_people(found)}"


def release(found: Mapping[str, Any]) -> list[str]:
    """Return who let a record out of quarantine, and each value that was corrected."""
    lines = [f"let out of quarantine ({found['decision']}), {_people(found)}"]
    if found["accepted_codes"]:
        lines.append(f"overruled: {visible(found['accepted_codes'])}")
    corrected = json.loads(found["corrected_values"] or "{}")
    lines += [f"corrected: {name} = “{visible(value)}”" for name, value in corrected.items()]
    return lines


def _people(found: Mapping[str, Any]) -> str:
    return (
        f"proposed by {visible(found['proposed_by'])} on {found['proposed_at'][:10]}: "
        f"{visible(found['proposed_reason'])}; approved by {visible(found['decided_by'])} on "
        f"{found['decided_at'][:10]}: {visible(found['reason'])}"
    )


def _placed(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: found[f"other_{name}"] for name in ("file_name", "sheet_name", "record_number")}
