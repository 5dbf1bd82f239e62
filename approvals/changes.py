"""What two releases say otherwise, as queries: `approvals diff` and the mart gate ask the same.

Both databases are attached to one connection. Nothing here opens a release or judges a change.
"""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from duckdb import DuckDBPyConnection

MEMBERS: Final = (
    *("donor_id", "region_id", "sector_id", "modality_id", "funding_source_id", "negotiation"),
)
"""Columns of `fct_approvals` that say which member of a dimension an approval belongs to."""

READ: Final = {
    "rpt_published_figures": (
        *("figure_id", "measure", "period", "member", "expected_value", "value", "status"),
    ),
    "fct_approvals": (
        *("approval_id", "office_id", "office_reference", "project_symbol", "approval_year"),
        *("amount_original", "currency_code", "approval_date", "status", "rate_set"),
        *("is_counted", "amount_usd", *MEMBERS),
    ),
    "fct_approval_versions": (
        *("approval_version_id", "approval_id", "known_from_at", "is_current", "change_reason"),
        *("cause_file_name", "cause_sheet_name", "cause_record_number"),
    ),
}
"""Table → the columns that the queries below read of either release."""

FIGURES: Final = """
select
    figure_id,
    coalesce(after.measure, before.measure) as measure,
    coalesce(after.period, before.period) as period,
    coalesce(after.member, before.member) as member,
    coalesce(after.expected_value, before.expected_value) as expected,
    before.value as value_before,
    after.value as value_after,
    before.status as status_before,
    after.status as status_after
from {before}.marts.rpt_published_figures as before
full join {after}.marts.rpt_published_figures as after using (figure_id)
where (before.value, before.status) is distinct from (after.value, after.status)
order by figure_id
"""
"""Published figures whose value or status differs."""

APPROVALS: Final = """
with known as (
    select * from {later}.marts.fct_approval_versions where is_current
),

contributed as (
    select
        approval_id,
        coalesce(after.office_id, before.office_id) as office_id,
        coalesce(after.office_reference, before.office_reference) as office_reference,
        coalesce(after.project_symbol, before.project_symbol) as project_symbol,
        before.approval_year as approval_year_before,
        after.approval_year as approval_year_after,
        (before.amount_original, before.currency_code, before.approval_date, before.status)
        is not distinct from (
            after.amount_original, after.currency_code, after.approval_date, after.status
        )
        and before.rate_set is distinct from after.rate_set as is_rate_alone,
        case when before.is_counted then before.amount_usd else 0 end as amount_usd_before,
        case when after.is_counted then after.amount_usd else 0 end as amount_usd_after,
        coalesce({is_reclassified}, false) and before.is_counted and after.is_counted
            as is_reclassified{members}
    from {before}.marts.fct_approvals as before
    full join {after}.marts.fct_approvals as after using (approval_id)
)

select
    contributed.* exclude (is_rate_alone),
    cast(coalesce(amount_usd_after, 0) - coalesce(amount_usd_before, 0) as decimal(18, 2))
        as change_usd,
    case
        when {is_other_set} and is_rate_alone then 'rate_set'
        when same.approval_version_id is not null then 'configuration_or_code'
        else known.change_reason
    end as reason,
    strftime(known.known_from_at, '%Y-%m-%dT%H:%M:%SZ') as known_from_at,
    known.cause_file_name as file_name,
    known.cause_sheet_name as sheet_name,
    known.cause_record_number as record_number
from contributed
left join known using (approval_id)
left join {earlier}.marts.fct_approval_versions as same
    on
        same.approval_version_id = known.approval_version_id
        and same.known_from_at = known.known_from_at
        and same.is_current
where
    coalesce(amount_usd_before, 0) <> coalesce(amount_usd_after, 0)
    or (coalesce(amount_usd_after, 0) <> 0 and approval_year_before <> approval_year_after)
    or is_reclassified
order by abs(change_usd) desc, approval_id
"""


def missing_columns(
    connection: "DuckDBPyConnection", database: str, wanted: "Mapping[str, tuple[str, ...]]"
) -> list[str]:
    """Return `table.column` of what an attached release of another version does not have.

    Args:
        connection: where the release is attached.
        database: the name by which it is.
        wanted: mart → the columns that are wanted of it.
    """
    rows = connection.execute(
        "select table_name || '.' || column_name from duckdb_columns() "
        "where database_name = ? and schema_name = 'marts'",
        [database],
    ).fetchall()
    present = {name for (name,) in rows}
    names = [f"{table}.{column}" for table, columns in wanted.items() for column in columns]
    return [name for name in names if name not in present]


def figures_changed(before: str, after: str) -> str:
    """Return the query for the published figures that two attached releases give otherwise."""
    return FIGURES.format(before=before, after=after)


def approvals_changed(
    before: str,
    after: str,
    *,
    is_forward: bool = True,
    with_members: bool = False,
    is_other_set: bool = False,
) -> str:
    """Return the query for the approvals that count otherwise, with the latest reason and row.

    Args:
        before: name by which the first database is attached.
        after: name of the second.
        is_forward: whether the second knows more; a change that is undone by going back in time
            has the reason of the one that knows more.
        is_other_set: whether the two are in different sets of rates.
        with_members: add `<column>_before` and `<column>_after` of `MEMBERS`.
    """
    later, earlier = (after, before) if is_forward else (before, after)
    return APPROVALS.format(
        before=before,
        after=after,
        later=later,
        earlier=earlier,
        is_other_set=is_other_set,
        is_reclassified=" or ".join(f"before.{name} <> after.{name}" for name in MEMBERS),
        members="".join(
            f",\n        {side}.{name} as {name}_{side}"
            for name in (MEMBERS if with_members else ())
            for side in ("before", "after")
        ),
    )
