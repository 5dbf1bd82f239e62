"""The approvals below a sum, each with its file, the text of its cells and the rules applied."""

from typing import Any, Final

from approvals.trace.near import OF_FILES, of_years
from approvals.trace.reader import Reader

LARGEST: Final = """
create or replace temp table largest as
select approval_id, version_number, approval_year, contributed_usd, usd_basis, amount_usd,
    exchange_rate, rate_set, rate_known_from_at
from stood order by abs(contributed_usd) desc, approval_id, version_number limit {limit}
"""
ITEMS: Final = """
create or replace temp table item as
select s.contributed_usd, s.usd_basis, v.* replace (
        s.amount_usd as amount_usd, s.exchange_rate as exchange_rate, s.rate_set as rate_set,
        s.rate_known_from_at as rate_known_from_at
    ), a.project_title, a.office_reference, a.identity_basis, a.warning_codes,
    f.original_name, f.format, f.exported_at, f.encoding
from largest as s
inner join marts.fct_approval_versions as v
    on s.approval_id = v.approval_id and s.version_number = v.version_number
    and s.approval_year is not distinct from v.approval_year
left join marts.fct_approvals as a on s.approval_id = a.approval_id
left join quality.files as f on v.file_sha256 = f.file_sha256
where {of_years}
"""
SHOWN: Final = """
select approval_id, version_number, version_kind, is_current, status, office_id,
    office_reference, project_symbol, project_title, approval_date, contributed_usd, amount_usd,
    amount_original, currency_code, exchange_rate, rate_set, rate_month_date, usd_basis,
    warning_codes, donor_id, recipient_id, region_id, sector_id, funding_source_id, modality_id,
    negotiation, known_from_at, original_name, file_sha256, format, encoding, sheet_name,
    record_number
from item order by abs(contributed_usd) desc, approval_id, version_number
"""
CELLS: Final = """
select i.approval_id, i.version_number, f.field_name, f.column_letters, f.column_position,
    f.column_header, f.matched_alias, f.alias_language, f.match_score, f.multiplier,
    f.currency_code as header_currency_code, f.decimal_sign, f.date_order, f.header_row,
    json_extract_string(r.raw_cells, '$[' || f.column_position || ']') as raw_text
from item as i
inner join marts.lineage_records as r
    on i.file_sha256 = r.file_sha256 and i.sheet_name = r.sheet_name
    and i.record_number = r.record_number
inner join marts.lineage_file_columns as f
    on r.file_sha256 = f.file_sha256 and r.sheet_name = f.sheet_name
where {of_files}
order by f.column_position
""".replace("{of_files}", OF_FILES.format(table="item"))
RATES: Final = """
select i.approval_id, i.version_number, r.rate_set_id as rate_set, s.rate_set_name,
    r.units_per_usd, r.holds_from_date, r.holds_to_date, r.known_from_at, r.sheet_name,
    r.record_number, r.file_sha256, r.file_name as original_name
from item as i
inner join marts.fct_exchange_rates as r
    on i.rate_set = r.rate_set_id and i.currency_code = r.currency_code
    and i.approval_date between r.holds_from_date and r.holds_to_date
    and i.rate_known_from_at = r.known_from_at
inner join marts.dim_rate_sets as s on r.rate_set_id = s.rate_set_id
"""
VERSIONS: Final = """
select v.approval_id, v.version_number, v.version_kind, v.status, v.amount_usd, v.known_from_at,
    v.file_name, v.file_sha256, v.sheet_name, v.record_number
from marts.fct_approval_versions as v
where v.approval_id in (select approval_id from item)
order by v.approval_id, v.version_number
"""
YEARS: Final = """
select distinct approval_year from marts.fct_approvals
where approval_id in (select approval_id from item)
"""
# A suspected duplicate shows on either side; a repeat inside an office has only one.
DUPLICATES: Final = """
with sides as (
    select counted_approval_id as approval_id, other_approval_id, other_office_id,
        other_file_name, other_sheet_name, other_record_number, {decided}
    from marts.rpt_duplicate_decisions
    where {counted_of_years} and counted_approval_id in (select approval_id from item)
    union all
    select other_approval_id, counted_approval_id, counted_office_id,
        counted_file_name, counted_sheet_name, counted_record_number, {decided}
    from marts.rpt_duplicate_decisions
    where {other_of_years} and other_approval_id in (select approval_id from item)
        and counted_approval_id <> other_approval_id
)
select s.approval_id, s.duplicate_decision_id, s.suspicion, s.decision, s.reason, s.decided_by,
    s.decision_id, s.other_approval_id, s.other_office_id, s.other_file_name, s.other_sheet_name,
    s.other_record_number, q.proposed_by, q.proposed_at, q.proposed_reason, q.decided_at
from sides as s
left join quality.decisions as q on s.decision_id = q.decision_id
order by s.duplicate_decision_id
""".replace(
    "{decided}", "duplicate_decision_id, suspicion, decision, reason, decided_by, decision_id"
)
RELEASES: Final = """
select i.approval_id, i.version_number, q.decision_id, q.decision, q.proposed_by, q.proposed_at,
    q.proposed_reason, q.decided_by, q.decided_at, q.reason, q.ended_at, q.corrected_values,
    q.accepted_codes
from item as i
inner join quality.decisions as q on i.decision_id = q.decision_id
"""


def details_of(reader: Reader, of_years: str, limit: int | None) -> list[dict[str, Any]]:
    """Return the approvals of the temporary table `stood`, the largest first.

    Each has what the warehouse holds of it, `cells` (field, column, header, alias, score, signs,
    text), `rate` (the file that states it; None where none was needed), `versions` where there is
    more than one, `duplicates`, what was decided about it and another, and `decision`, by which two
    people let its record out of quarantine (None for others).
    """
    reader.connection.execute(LARGEST.format(limit="all" if limit is None else int(limit)))
    reader.connection.execute(ITEMS.format(of_years=of_years))
    items = [_plain(row) for row in reader.rows(SHOWN)]
    cells = _by_key(reader.rows(CELLS), "approval_id", "version_number")
    rates = _by_key(reader.rows(RATES), "approval_id", "version_number")
    versions = _by_key(reader.rows(VERSIONS), "approval_id")
    decisions = _by_key(reader.rows(_duplicates(reader)), "approval_id")
    releases = _by_key(reader.rows(RELEASES), "approval_id", "version_number")
    for item in items:
        key = (item["approval_id"], item["version_number"])
        item["cells"] = [_placed(cell, item) for cell in cells.get(key, [])]
        item["rate"] = next(iter(rates.get(key, [])), None)
        known = versions.get(key[:1], [])
        item["versions"] = known if len(known) > 1 else []
        item["duplicates"] = decisions.get(key[:1], [])
        item["decision"] = next(iter(releases.get(key, [])), None)
    return items


def _duplicates(reader: Reader) -> str:
    years = reader.rows(YEARS)
    return DUPLICATES.format(
        counted_of_years=of_years("counted_approval_year", years),
        other_of_years=of_years("other_approval_year", years),
    )


def cells_of_record(
    reader: Reader, file_sha256: str, sheet_name: str, record_number: int
) -> list[dict[str, Any]]:
    """Return the cells of one record that a column map names, with their text."""
    reader.connection.execute(
        "create or replace temp table item as select '' as approval_id, 0 as version_number, "
        "? as file_sha256, ? as sheet_name, ? as record_number",
        [file_sha256, sheet_name, record_number],
    )
    return [_placed(cell, {}) for cell in _plain_rows(reader.rows(CELLS))]


def _placed(cell: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    """Say what was read from a cell; a name was resolved to the key of a member, donor_id."""
    field = cell["field_name"]
    member = f"{field.removesuffix('_name')}_id"
    return {**cell, "value": item.get(field, item.get(member))}


def _by_key(rows: list[dict[str, Any]], *keys: str) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    """Group rows by their keys, which are left out of them."""
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in _plain_rows(rows):
        own = {name: value for name, value in row.items() if name not in keys}
        groups.setdefault(tuple(row[key] for key in keys), []).append(own)
    return groups


def _plain_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_plain(row) for row in rows]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Return numbers that are whole, flags and nulls as they are, and all else as text."""
    kept = (int, bool, type(None))
    return {name: row[name] if isinstance(row[name], kept) else str(row[name]) for name in row}
