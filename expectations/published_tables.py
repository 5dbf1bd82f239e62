"""Tables that papers print: do the members add up to the printed total, and do the shares agree?

Printed amounts are rounded, so a sum may be off by half a unit for each member. That tolerance is
derived from the rounding unit that the configuration declares (`published_tables.csv`,
docs/published-figures.md); without one nothing is allowed for. Nothing here reads the lake.
"""

from duckdb import DuckDBPyConnection

from approvals.configuration import Configuration

CHECKS = """
create table audit.published_table_checks as
with cells as (
    select
        table_id, measure, "year", dimension, member, unit, source, is_total = 'yes' as is_total,
        cast(amount as decimal(18, 4)) as amount,
        try_cast(nullif(share_pct, '') as decimal(18, 4)) as share_pct,
        coalesce(try_cast(nullif(rounding_unit, '') as decimal(18, 4)), 0) as rounding_unit,
        coalesce(try_cast(nullif(share_rounding_unit, '') as decimal(18, 4)), 0)
            as share_rounding_unit
    from read_csv(?, all_varchar = true, header = true)
),

summed as (
    select
        table_id, measure, "year", dimension, unit, source,
        count(*) filter (where not is_total) as member_count,
        sum(amount) filter (where not is_total) as members_amount,
        max(amount) filter (where is_total) as total_amount,
        max(rounding_unit) as rounding_unit,
        max(share_rounding_unit) as share_rounding_unit
    from cells group by all
),

checked as (
    select
        table_id, measure, "year", dimension, 'sum of members' as what, source,
        members_amount as found, total_amount as printed,
        member_count * rounding_unit / 2 as tolerance,
        member_count || ' members, each rounded to ' || rounding_unit || ' ' || unit as reason
    from summed where total_amount is not null
    union all
    select
        cells.table_id, cells.measure, cells."year", cells.dimension,
        'share of ' || cells.member as what, cells.source,
        round(100 * cells.amount / summed.total_amount, 4) as found, cells.share_pct as printed,
        summed.share_rounding_unit / 2 + 100 * summed.rounding_unit / summed.total_amount
            as tolerance,
        'a share rounded to ' || summed.share_rounding_unit || ', amounts to '
            || summed.rounding_unit as reason
    from cells
    inner join summed using (table_id, measure, "year", dimension)
    where cells.share_pct is not null and summed.total_amount > 0
)

select
    *, found - printed as difference, abs(found - printed) <= tolerance as is_agreed
from checked
"""
EMPTY = """
create table audit.published_table_checks (
    table_id varchar, measure varchar, "year" varchar, dimension varchar, what varchar,
    source varchar, found double, printed decimal(18, 4), tolerance double, reason varchar,
    difference double, is_agreed boolean
)
"""


def create_published_table_checks(
    connection: DuckDBPyConnection, configuration: Configuration
) -> None:
    """Create `audit.published_table_checks`: a row for each sum and share that is printed.

    Amounts are in the unit of their table, shares in percent; `tolerance` is what rounding
    allows, `reason` says why. The table is empty without printed tables.

    Raises:
        duckdb.Error: an amount is no number.
    """
    path = configuration.folder / "published_tables.csv"
    if path.exists():
        connection.execute(CHECKS, [str(path)])
    else:
        connection.execute(EMPTY)
