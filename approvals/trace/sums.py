"""Below a sum: the contributions, the versions, the records and the text of their cells.

All of it is done by DuckDB on temporary tables, so that a sum of 100,000 approvals costs a scan.
"""

from decimal import Decimal
from typing import Any, Final

from approvals.trace.details import details_of
from approvals.trace.exclusions import left_out
from approvals.trace.model import Level, Sum
from approvals.trace.near import OF_FILES, of_years
from approvals.trace.reader import Reader

OF_A_CELL: Final = """
create or replace temp table added as
select c.dimension, c.member_id, c.approval_year, c.source_table, c.source_id, c.version_number,
    c.excluded_reason, c.amount_usd, c.row_count
from marts.lineage_cells as k
inner join marts.lineage_contributions as c
    on k.dimension = c.dimension and k.member_id = c.member_id
    and k.approval_year = c.approval_year
where k.report_name = ? and k.row_id = ? and k.column_name = ?
"""
PARTS: Final = """
create or replace temp table part as
select source_table, source_id, version_number, approval_year, excluded_reason,
    sum(amount_usd) as amount_usd, sum(row_count) as row_count
from added group by all
"""
CELLS: Final = """
select dimension, member_id, approval_year, sum(amount_usd) as amount_usd,
    sum(row_count) as row_count
from added group by all order by approval_year, dimension, member_id
"""
OF_VERSIONS: Final = """
create or replace temp table part as
select 'fct_approval_versions' as source_table, approval_id as source_id, version_number,
    approval_year, cast(null as varchar) as excluded_reason, amount_usd, 1 as row_count
from marts.fct_approval_versions
where approval_id = ? and version_number in (select unnest(?::bigint[]))
"""
OF_A_DAY: Final = """
create or replace temp table part as
select 'fct_approval_versions' as source_table, approval_id as source_id, version_number,
    approval_year, cast(null as varchar) as excluded_reason, effective_usd as amount_usd,
    1 as row_count
from marts.fct_approval_versions
where approval_year = $year and is_effective and cast(known_from_at as date) <= $day::date
    and (known_to_at is null or cast(known_to_at as date) > $day::date)
"""
# A release keeps the versions of a year beside each other: those of other years are not read.
STOOD: Final = """
create or replace temp table stood as
select p.source_id as approval_id, p.version_number, p.amount_usd as contributed_usd,
    v.approval_year, v.amount_usd, v.amount_original, v.currency_code, v.exchange_rate,
    v.rate_set, v.rate_known_from_at, v.file_sha256, v.sheet_name, v.record_number, v.decision_id,
    o.usd_basis
from part as p
inner join marts.fct_approval_versions as v
    on p.source_id = v.approval_id and p.version_number = v.version_number
    and p.approval_year is not distinct from v.approval_year
left join marts.dim_field_offices as o on v.office_id = o.office_id
where p.row_count > 0 and {of_years}
"""
YEARS: Final = "select distinct approval_year from part where row_count > 0"
# The text is read once more by nothing but the decimal sign and the multiplier of its column: all
# that is neither digit nor sign is taken out of it. Of two types of decimals the narrow one reads
# a number 100 times as fast, and is enough for nearly all of them.
READ: Final = r"""
create or replace temp table read_again as
with texts as (
    select s.approval_id, s.version_number, s.amount_original, s.amount_usd, f.field_name,
        f.multiplier, coalesce(f.decimal_sign, '.') as decimal_sign,
        json_extract_string(r.raw_cells, '$[' || f.column_position || ']') as raw_text
    from stood as s
    inner join marts.lineage_records as r
        on s.file_sha256 = r.file_sha256 and s.sheet_name = r.sheet_name
        and s.record_number = r.record_number
    inner join marts.lineage_file_columns as f
        on r.file_sha256 = f.file_sha256 and r.sheet_name = f.sheet_name
    where f.field_name in ('amount_original', 'amount_usd_reported')
        and {of_files}
), kept as (
    select *, replace(
        translate(raw_text, translate(raw_text, '0123456789' || decimal_sign, ''), ''),
        decimal_sign, '.'
    ) as number_text
    from texts
), numbers as (
    select *, coalesce(
            try_cast(number_text as decimal(18, 6)), try_cast(number_text as decimal(28, 6))
        ) * coalesce(multiplier, 1)
        * case when ltrim(raw_text, E' \t\n\r\f')[1] in ('-', '−', '(') then -1 else 1 end
        as number_read
    from kept
)
select approval_id, version_number,
    bool_or(field_name = 'amount_original' and number_read = amount_original) as is_amount_read,
    bool_or(field_name = 'amount_usd_reported' and round(number_read, 2) = amount_usd)
        as is_usd_read
from numbers group by all
""".replace("{of_files}", OF_FILES.format(table="stood"))
# Two people corrected the amount: what they typed, with either decimal sign, is what counts.
CORRECTED: Final = r"""coalesce(s.amount_original in (
    try_cast(regexp_replace(d.corrected_values->>'amount_original', '[^0-9.-]', '', 'g')
        as decimal(28, 2)),
    try_cast(replace(regexp_replace(
        d.corrected_values->>'amount_original', '[^0-9,-]', '', 'g'
    ), ',', '.') as decimal(28, 2))
), false)"""
# Half a cent is added to whole numbers before cutting off, as the macro `exact_ratio` does.
LEVELS: Final = """
with whole as (
    select *,
        cast(floor(abs(amount_original)) as hugeint) * 100
            + cast((abs(amount_original) - floor(abs(amount_original))) * 100 as bigint)
            as hundredths,
        cast(floor(exchange_rate) as hugeint) * 100000000
            + cast((exchange_rate - floor(exchange_rate)) * 100000000 as bigint) as rate_parts
    from stood
), converted as (
    select s.*, coalesce(r.is_amount_read, false) as is_amount_read,
        case
            when r.is_usd_read and s.usd_basis = 'reported' then s.amount_usd
            when s.currency_code = 'USD' then s.amount_original
            when s.exchange_rate > 0 and s.usd_basis <> 'reported' then cast(cast(
                sign(s.amount_original) * (
                    (2 * s.hundredths * 100000000 + s.rate_parts) // (2 * s.rate_parts)
                ) as decimal(20, 0)) * 0.01 as decimal(18, 2))
        end as converted_usd
        , {corrected} as is_corrected
    from whole as s
    left join read_again as r
        on s.approval_id = r.approval_id and s.version_number = r.version_number
    left join quality.decisions as d on s.decision_id = d.decision_id
)
select count(*) as version_rows, coalesce(sum(amount_usd), 0) as version_usd,
    count(*) filter (where record_number is null) as unstated_rows,
    coalesce(sum(amount_usd) filter (where record_number is null), 0) as unstated_usd,
    count(converted_usd) as record_rows, coalesce(sum(converted_usd), 0) as record_usd,
    count(*) filter (where converted_usd is distinct from amount_usd) as differing,
    count(*) filter (where is_amount_read and record_number is not null) as read_rows,
    coalesce(sum(amount_usd) filter (where is_amount_read), 0) as read_usd,
    count(*) filter (where is_corrected and not is_amount_read) as corrected_rows,
    coalesce(sum(amount_usd) filter (where is_corrected and not is_amount_read), 0)
        as corrected_usd
from converted
""".replace("{corrected}", CORRECTED)


def sum_of_cell(
    reader: Reader,
    table: str,
    row_id: str,
    column: str,
    printed: Decimal | int | None,
    limit: int | None,
) -> Sum:
    """Return what a cell of a report adds up, level by level.

    Args:
        reader: the release.
        table: the report.
        row_id: its key as text.
        column: a column that `lineage_cells` knows.
        printed: what the report holds: US$, or a count.
        limit: how many approvals to describe, the largest first; None for all.
    """
    reader.connection.execute(OF_A_CELL, [table, row_id, column])
    reader.connection.execute(PARTS)
    return sum_of_part(reader, printed, column.endswith("_count"), reader.rows(CELLS), limit)


def sum_of_versions(
    reader: Reader,
    approval_id: str,
    versions: list[int],
    printed: Decimal | int | None,
    limit: int | None,
) -> Sum:
    """Return what versions of one approval stand on; `printed` is what they add up to."""
    reader.connection.execute(OF_VERSIONS, [approval_id, versions])
    return sum_of_part(reader, printed, False, [], limit)


def sum_of_day(
    reader: Reader, year: int, day: str, printed: Decimal | int | None, limit: int | None
) -> Sum:
    """Return what a year's total stood on at the end of a day; `printed` is US$, or a count."""
    reader.connection.execute(OF_A_DAY, {"year": year, "day": day})
    return sum_of_part(reader, printed, isinstance(printed, int), [], limit)


def sum_of_part(
    reader: Reader,
    printed: Decimal | int | None,
    is_count: bool,
    cells: list[dict[str, Any]],
    limit: int | None,
    stood: str = STOOD,
) -> Sum:
    """Return what the temporary table `part` adds up, level by level.

    Args:
        reader: the release.
        printed: what it has to come to: US$, or a count.
        is_count: whether it is a count.
        cells: dimension, member and year that are added up.
        limit: how many approvals to describe, the largest first; None for all.
        stood: the statement that finds their versions, with the amount in US$ and its rate.
    """
    versions_of_years = of_years("v.approval_year", reader.rows(YEARS))
    reader.connection.execute(stood.format(of_years=versions_of_years))
    reader.connection.execute(READ)
    items = details_of(reader, versions_of_years, limit)
    (counted,) = reader.rows("select count(*) as n from part where row_count > 0")
    return Sum(
        cells=[_worded(cell) for cell in cells],
        levels=_levels(reader, printed, is_count),
        item_count=counted["n"],
        items=items,
        excluded=left_out(reader, cells, limit),
    )


def _levels(reader: Reader, printed: Decimal | int | None, is_count: bool) -> list[Level]:
    (part,) = reader.rows(
        "select coalesce(sum(row_count), 0) as n, coalesce(sum(amount_usd), 0) as usd, "
        "count(*) filter (where source_table = 'quarantine' and row_count > 0) as quarantined, "
        "coalesce(sum(amount_usd) filter (where source_table <> 'quarantine'), 0) as approved_usd "
        "from part"
    )
    added = part["n"] if is_count else part["usd"]
    levels = [Level("contributions", part["n"], str(added), added == (printed or 0))]
    if part["quarantined"] == part["n"]:
        return levels
    (found,) = reader.rows(LEVELS)
    if is_count:
        rows = found["version_rows"]
        return [*levels, Level("versions", rows, str(rows), rows == added)]
    return [*levels, *_record_levels(found, part["approved_usd"])]


def _record_levels(found: dict[str, Any], above: Decimal) -> list[Level]:
    """Return versions, records and cells; a withdrawal is a version that stands on no record."""
    versions, records = found["version_rows"], found["record_rows"]
    stated, unstated_usd = versions - found["unstated_rows"], found["unstated_usd"]
    notes = []
    if found["unstated_rows"]:
        notes.append(f"{found['unstated_rows']} withdrawn, and in the file no more")
    unread = stated - found["read_rows"] - found["corrected_rows"]
    if unread > 0:
        notes.append(
            f"{unread} texts take more to read than the decimal sign and the "
            "multiplier of their column"
        )
    if found["corrected_rows"]:
        notes.append(
            f"{found['corrected_rows']} corrected by two people to US$ {found['corrected_usd']}"
        )
    is_converted = found["record_usd"] == above and not found["differing"]
    is_read = found["read_usd"] + unstated_usd + found["corrected_usd"] == above
    return [
        Level("versions", versions, str(found["version_usd"]), found["version_usd"] == above),
        Level("records", records, str(found["record_usd"]), is_converted),
        Level(
            "cells", found["read_rows"], str(found["read_usd"]), is_read, "; ".join(notes) or None
        ),
    ]


def _worded(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else str(value) for name, value in row.items()}
