"""The columns of rpt_approvals_by_rate_set: the approvals of a year by the rates of any set.

No amount in another set is stored: contributions say which approvals, `fct_exchange_rates` by what
rate. An approval that needs no rate, or that its office converted, is the same in every set.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from approvals.trace.model import Step, Sum
from approvals.trace.reader import Reader
from approvals.trace.sums import sum_of_part
from approvals.trace.target import label_of

# As in int_approvals_revalued; the sets without a rate leave what another one makes of it.
VALUED: Final = """
create or replace temp table valued as
with asked as (
    select distinct c.source_id, c.version_number, c.approval_year
    from marts.lineage_cells as k
    inner join marts.lineage_contributions as c
        on k.dimension = c.dimension and k.member_id = c.member_id
        and k.approval_year = c.approval_year
    where k.report_name = $table and k.row_id = $row_id and k.column_name = $column
        and c.row_count > 0
), approvals as (
    select a.approval_id, q.version_number, q.approval_year, a.amount_original, a.amount_usd,
        a.exchange_rate, a.rate_set, a.rate_known_from_at, a.currency_code, a.approval_date,
        coalesce(a.usd_basis = 'rates' and a.currency_code <> 'USD', false) as is_converted
    from asked as q
    inner join marts.fct_approvals as a on q.source_id = a.approval_id
    left join marts.dim_funding_sources as f on a.funding_source_id = f.funding_source_id
    where coalesce(f.is_approval, true)
), by_set as (
    select a.*, r.units_per_usd, r.rate_set_id, r.known_from_at,
        row_number() over (
            partition by a.approval_id
            order by r.rate_set_id = $rate_set desc, a.amount_usd is not null
                and r.rate_set_id = a.rate_set desc, r.is_chosen desc, r.rate_set_id
        ) as preference
    from approvals as a
    left join marts.fct_exchange_rates as r
        on a.is_converted and r.is_current and a.currency_code = r.currency_code
        and a.approval_date between r.holds_from_date and r.holds_to_date
), rated as (
    select *, cast(cast(amount_original as decimal(20, 2)) * 100 as hugeint) as hundredths,
        cast(cast(units_per_usd as decimal(28, 8)) * 100000000 as hugeint) as rate_parts
    from by_set
    where preference = 1
)
select approval_id, version_number, approval_year, is_converted, amount_usd as chosen_usd,
    exchange_rate as chosen_rate, rate_set as chosen_set, rate_known_from_at as chosen_known_at,
    case when is_converted then units_per_usd else exchange_rate end as used_rate,
    case when is_converted then rate_set_id else rate_set end as used_set,
    case when is_converted then known_from_at else rate_known_from_at end as used_known_at,
    case when not is_converted then amount_usd
        else cast(cast(
            sign(hundredths) * (
                (2 * abs(hundredths) * 100000000 + rate_parts) // (2 * rate_parts)
            ) as decimal(20, 0)) * 0.01 as decimal(18, 2))
    end as used_usd,
    used_usd is not null and (not is_converted or rate_set_id = $rate_set) as is_in_set
from rated
"""
# What is left out of the total of the year is left out here too, but for what has no rate.
PART: Final = """
create or replace temp table part as
select 'fct_approvals' as source_table, approval_id as source_id, version_number, approval_year,
    case when {asked} then null else '{reason}' end as excluded_reason,
    case when {asked} then coalesce({value}_usd, 0) else 0 end as amount_usd,
    case when {asked} then 1 else 0 end as row_count
from valued where {asked} or '{reason}' <> ''
union all
select source_table, source_id, version_number, approval_year, excluded_reason, 0, 0
from marts.lineage_contributions
where dimension = 'total' and approval_year = $year and excluded_reason <> 'unconverted'
    and '{reason}' <> ''
"""
STOOD: Final = """
create or replace temp table stood as
select p.source_id as approval_id, p.version_number, p.amount_usd as contributed_usd,
    v.approval_year,
    case when w.is_converted then w.{value}_usd else v.amount_usd end as amount_usd,
    v.amount_original, v.currency_code, w.{value}_rate as exchange_rate,
    w.{value}_set as rate_set, w.{value}_known_at as rate_known_from_at,
    v.file_sha256, v.sheet_name, v.record_number, v.decision_id, a.usd_basis
from part as p
inner join valued as w on p.source_id = w.approval_id
inner join marts.fct_approval_versions as v
    on p.source_id = v.approval_id and p.version_number = v.version_number
    and p.approval_year is not distinct from v.approval_year
left join marts.fct_approvals as a on p.source_id = a.approval_id
where p.row_count > 0 and {{of_years}}
"""


@dataclass(frozen=True, slots=True)
class Part:
    """Which of the approvals are added up, by which rates, and why the others are not."""

    words: str
    asked: str
    value: str = "used"
    reason: str = ""


IN_SET: Final = "is_in_set"
UNCONVERTED: Final = Part("that the set cannot convert, by the rates of another", "not is_in_set")
PARTS: Final = {
    "approval_count": Part("by the rates of the set", IN_SET, reason="no rate in the set"),
    "amount_usd": Part("by the rates of the set", IN_SET, reason="no rate in the set"),
    "unconverted_count": UNCONVERTED,
    "unconverted_usd": UNCONVERTED,
    "unvalued_count": Part("that no set can convert", "used_usd is null"),
}
BOTH: Final = f"{IN_SET} and chosen_usd is not null"
EFFECT: Final = {
    "amount_usd": Part("by the rates of the set, of what the chosen set converts too", BOTH),
    "chosen_usd": Part("by the chosen set, of what the set converts too", BOTH, "chosen"),
}
"""The two sums of which `rate_effect_usd` is the difference."""


def revalued(
    reader: Reader, table: str, row: Mapping[str, Any], column: str, limit: int | None
) -> Step:
    """Return how a column of a year in a set of rates adds up the approvals by those rates."""
    reader.connection.execute(
        VALUED,
        {
            "table": table,
            "row_id": str(next(iter(row.values()))),
            "column": column,
            "rate_set": row["rate_set_id"],
        },
    )
    if column in PARTS:
        return _step(reader, table, row, column, PARTS[column], row[column], limit)
    steps = [_step(reader, table, row, name, part, None, limit) for name, part in EFFECT.items()]
    first, second = (Decimal(step.value or 0) for step in steps)
    return Step(
        table_name=table,
        row_id=steps[0].row_id,
        key=steps[0].key,
        column_name=column,
        value=str(row[column]),
        operation="revalued",
        formula="what the approvals that both sets convert are by the one, less by the other",
        recomputed=str(first - second),
        agrees=first - second == row[column],
        operands=steps,
    )


def _step(
    reader: Reader,
    table: str,
    row: Mapping[str, Any],
    column: str,
    part: Part,
    printed: Decimal | int | None,
    limit: int | None,
) -> Step:
    """Return the sum of one part; a part that no report prints is compared with itself."""
    added = _sum(reader, row["approval_year"], column, part, printed, limit)
    value = added.levels[0].value
    return Step(
        table_name=table,
        row_id=str(next(iter(row.values()))),
        key=label_of(reader, table, row),
        column_name=column,
        value=value if printed is None else str(printed),
        operation="revalued",
        formula=f"the approvals of the year {part.words}",
        recomputed=value,
        agrees=added.levels[0].agrees,
        sum=added,
    )


def _sum(
    reader: Reader,
    year: int,
    column: str,
    part: Part,
    printed: Decimal | int | None,
    limit: int | None,
) -> Sum:
    words = {"asked": part.asked, "value": part.value, "reason": part.reason}
    reader.connection.execute(PART.format(**words), {"year": year})
    (total,) = reader.rows(
        "select 'total' as dimension, 'all' as member_id, $year::integer as approval_year, "
        "coalesce(sum(amount_usd), 0) as amount_usd, coalesce(sum(row_count), 0) as row_count "
        "from part",
        {"year": year},
    )
    shown = total["amount_usd"] if printed is None else printed
    is_count = column.endswith("_count")
    return sum_of_part(reader, shown, is_count, [total], limit, STOOD.format(value=part.value))
