"""What falls out of a sum, at the level where it does, with the reason."""

from typing import Any, Final

from approvals.trace.model import Group
from approvals.trace.near import of_years
from approvals.trace.reader import Reader

APPROVALS: Final = """
create or replace temp table excluded as
select p.excluded_reason as reason, p.source_id as approval_id, a.office_id, a.project_symbol,
    a.office_reference, a.approval_year, a.amount_usd, a.amount_original, a.currency_code,
    a.file_name, a.sheet_name, a.record_number
from part as p
inner join marts.fct_approvals as a on p.source_id = a.approval_id
where p.excluded_reason is not null and p.source_table = 'fct_approvals'
"""
# The decision by which a duplicate does not count; that of two people before that of a rule.
DECIDED: Final = """
select s.*, d.reason as decision, d.decided_by, d.decision_id, d.counted_approval_id,
    d.counted_office_id
from shown as s
left join (
    select distinct on (other_approval_id) *
    from marts.rpt_duplicate_decisions
    where $reason = 'duplicate' and {of_years}
        and other_approval_id in (select approval_id from shown)
        and other_approval_id <> counted_approval_id and decision in ('counts_once', 'revision')
    order by other_approval_id, decision_id is null, duplicate_decision_id
) as d on s.approval_id = d.other_approval_id
order by all
"""
# A record in quarantine may belong to any member; one without a date to any year.
QUARANTINE: Final = """
create or replace temp table held as
select case when q.approval_date is null then 'quarantined, no date could be read'
        else 'quarantined' end as reason,
    q.quarantine_id, q.reason_code, q.reason_column, q.office_id, q.amount_usd,
    q.amount_original, q.currency_code, q.file_name, q.sheet_name, q.record_number
from quality.quarantine as q
where q.is_standing and q.dataset = 'approvals' and (
    q.approval_date is null
    or extract(year from q.approval_date) in (select unnest(?::integer[]))
)
"""
HELD: Final = "from shown order by all"
YEARS: Final = "select distinct approval_year from shown"


def left_out(reader: Reader, cells: list[dict[str, Any]], limit: int | None) -> list[Group]:
    """Return what the temporary table `part` leaves out, by reason.

    Args:
        reader: the release.
        cells: what is added up; their years bound the quarantined records.
        limit: how many records to describe for each reason; None for all.
    """
    years = sorted({cell["approval_year"] for cell in cells})
    reader.connection.execute(APPROVALS)
    reader.connection.execute(QUARANTINE, [years])
    if not years or any(cell["dimension"] == "quarantine" for cell in cells):
        reader.connection.execute("delete from held")
    return [group for table in ("excluded", "held") for group in _groups(reader, table, limit)]


def _groups(reader: Reader, table: str, limit: int | None) -> list[Group]:
    totals = reader.rows(
        f"select reason, count(*) as n, sum(amount_usd) as usd from {table} group by 1 order by 1"
    )
    return [
        Group(
            reason=row["reason"],
            rows=row["n"],
            amount_usd=None if row["usd"] is None else str(row["usd"]),
            items=_items(reader, table, row["reason"], limit),
        )
        for row in totals
    ]


def _items(reader: Reader, table: str, reason: str, limit: int | None) -> list[dict[str, Any]]:
    reader.connection.execute(
        f"create or replace temp table shown as select * exclude (reason) from {table} "
        f"where reason = ? order by all limit {'all' if limit is None else int(limit)}",
        [reason],
    )
    rows = _decided(reader, reason) if table == "excluded" else reader.rows(HELD)
    kept = (int, bool, type(None))
    return [
        {name: value if isinstance(value, kept) else str(value) for name, value in row.items()}
        for row in rows
    ]


def _decided(reader: Reader, reason: str) -> list[dict[str, Any]]:
    near = of_years("other_approval_year", reader.rows(YEARS))
    return reader.rows(DECIDED.format(of_years=near), {"reason": reason})
