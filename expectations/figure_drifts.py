"""Printed figures whose recomputed value is not that of the release in place, and what moved them.

What a release says is a function of the lake; that the release before said otherwise is not, so
this belongs to the audit: to its report and to `quality.figure_drifts`, never to the marts.
"""

from duckdb import DuckDBPyConnection

from approvals.changes import approvals_changed, figures_changed

COLUMNS = """
    figure_id varchar, value_before varchar, status_before varchar, value_after varchar,
    status_after varchar, change_reason varchar, file_name varchar, approval_count bigint,
    change_usd decimal(38, 2)
"""
"""The columns of `quality.figure_drifts` behind the run and the release."""
ALL_MEMBERS = "('approvals share', 'approvals rank', 'locally mobilised share', 'approvals record')"
"""Measures that every member moves; a peak is found among shares."""
OF_MEMBER = """
    case register.member_dimension
        when 'total' then true
        when 'donor' then register.member_id = donor_id_{side}
        when 'region' then register.member_id = region_id_{side}
        when 'sector' then register.member_id = sector_id_{side}
        when 'modality' then register.member_id = modality_id_{side}
        when 'funding_source' then register.member_id = funding_source_id_{side}
        when 'mobilisation' then register.member_id = negotiation_{side}
        when 'donor_group' then register.member_id = (
            select donor_group from candidate.marts.dim_donors where donor_id = donor_id_{side})
        else false
    end
"""
IN_PERIOD = """
    (approval_year_{side} between register.start_year and register.end_year
    or approval_year_{side} between register.compared_start_year and register.compared_end_year)
"""
DRIFTS = """
create table audit.figure_drifts as
with figures as ({figures}),

changed as ({approvals}),

moved as (
    select
        figures.figure_id, changed.reason, changed.file_name,
        register.member like 'every %' or register.measure in {all_members}
            or register.measure like '%peak' as is_moved_by_all,
        changed.is_reclassified,
        if({in_period_before}, amount_usd_before, 0) as before_usd,
        if({in_period_after}, amount_usd_after, 0) as after_usd,
        if({in_period_before} and {of_member_before}, amount_usd_before, 0) as member_before_usd,
        if({in_period_after} and {of_member_after}, amount_usd_after, 0) as member_after_usd
    from figures
    inner join candidate.marts.dim_published_figures as register using (figure_id)
    cross join changed
    where register.measure not like 'agreement%'
),

causes as (
    select
        figure_id, reason, file_name, count(*) as approval_count,
        sum(member_after_usd - member_before_usd) as change_usd
    from moved
    where
        member_after_usd <> member_before_usd
        or (is_moved_by_all and (after_usd <> before_usd or is_reclassified and after_usd <> 0))
    group by all
)

select
    figures.figure_id, figures.value_before, figures.status_before, figures.value_after,
    figures.status_after, causes.reason as change_reason, causes.file_name,
    causes.approval_count, cast(causes.change_usd as decimal(38, 2)) as change_usd
from figures
left join causes using (figure_id)
where figures.value_before is distinct from figures.value_after
    and figures.status_before is not null and figures.status_after is not null
"""


def create_figure_drifts(connection: DuckDBPyConnection, *, is_comparable: bool) -> None:
    """Create `audit.figure_drifts`: a row for each figure that moved, reason and file.

    A figure that no counted approval moved (agreements, forecasts, targets) has one row without
    a reason. Without a release that can be compared, the table is empty; which column it lacks
    says `audit.release_in_place`.

    Args:
        connection: the candidate and the release in place are attached as such.
        is_comparable: whether there is a release, with every column that is compared.
    """
    if not is_comparable or not _has_drift(connection):
        connection.execute(f"create table audit.figure_drifts ({COLUMNS})")
        return
    parts = {
        f"{name}_{side}": text.format(side=side)
        for side in ("before", "after")
        for name, text in (("in_period", IN_PERIOD), ("of_member", OF_MEMBER))
    }
    query = DRIFTS.format(
        figures=figures_changed("released", "candidate"),
        approvals=approvals_changed("released", "candidate", with_members=True),
        all_members=ALL_MEMBERS,
        **parts,
    )
    connection.execute(query)


def _has_drift(connection: DuckDBPyConnection) -> bool:
    """Whether to look for causes at all: most nights move no figure."""
    found = connection.execute(
        "select count(*) from candidate.marts.rpt_published_figures as figures "
        "inner join released.marts.rpt_published_figures as released using (figure_id) "
        "where figures.value is distinct from released.value"
    ).fetchone()
    return bool(found and found[0])
