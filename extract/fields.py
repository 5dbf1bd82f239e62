"""From records to fields: a mapped table's columns as text, and what kind of record each is."""

import duckdb
import pyarrow as pa

from approvals.contracts import DATASETS, REQUIRED_FIELDS
from extract.expressions import bare_number, clean_cells, dashed_day, folded, plain_day
from extract.mapping import Column, MappedTable

PROVENANCE = {
    "file_sha256",
    "office_id",
    "sheet_name",
    "record_number",
    "raw_cells",
    "unmapped_cells",
    "warning_codes",
}
TOTAL_WORDS = (
    r"^(grand |general |sub ?|sous |total )*(total|totals|totaux|totales|totais|subtotal|"
    r"sum|summe|somme|suma|soma)( |$)"
)


CODED_FIELDS = {
    "status": "approved",
    "negotiation": None,
    "gender_marker": None,
    "tripartism_marker": None,
    "agreement_status": None,
    "multi_annual": None,
    "gender_reference": None,
    "gender_allocation": None,
    "social_partner_allocation": None,
}
"""Fields whose words `value_maps.csv` translates, and what an empty cell means."""
WORDS = {*CODED_FIELDS, "currency_code"}


def dataset_fields(dataset: str) -> list[str]:
    """Return the fields of a dataset that a file can state, in the contract's order."""
    return [name for name in DATASETS[dataset].names if name not in PROVENANCE]


def create_fields(connection: duckdb.DuckDBPyConnection, table: MappedTable) -> None:
    """Create the table `fields`: one row for each record below the header.

    Columns: `record_number`, `raw_cells`, `unmapped_cells`, `kind` (data, blank, total, note,
    repeated_header), `<field>_text` for each field of the dataset and, for the fields that the
    file gives, what typing needs of it: `_word` of coded fields, `_bare` of numbers, `_dashed` and
    `_plain` of dates. Each is computed once: a pattern costs a millisecond to compile.
    """
    table.raw.records.bind(connection, "records")
    cells = [f"c{position}" for position in range(table.raw.width)]
    names = dataset_fields(table.dataset)
    texts = ", ".join(f"{_first(table, name, 'cleaned')} as {name}_text" for name in names)
    words = "".join(
        f", {_first(table, name, 'folded')} as {name}_word"
        for name in names
        if name in table.fields & WORDS
    )
    unmapped = [column for column in table.columns if column.field is None]
    headers = _unique([column.header or f"column {column.position + 1}" for column in unmapped])
    connection.execute(
        f"""
        create or replace temp table fields as
        with cells as (
            select *, [{", ".join(cells)}] as all_cells
            from records where record_number > $header_row
        ), cleaned as (select *, {clean_cells("all_cells")} as cleaned from cells),
        folded as (
            select *, list_transform(cleaned, cell -> {folded("cell")}) as folded from cleaned
        ), texts as (
            select *, {texts} {words}, {_unmapped(unmapped)} as unmapped_cells from folded
        )
        select * exclude (all_cells, cleaned, folded, {", ".join(cells)}),
            cast(to_json(all_cells) as varchar) as raw_cells,
            {_kind(table)} as kind {_prepared(table)}
        from texts
        """,
        {
            "header_row": table.header_row,
            **({"headers": headers} if headers else {}),
            "header_text": [column.header for column in table.columns if column.field],
        },
    )


def _first(table: MappedTable, field: str, cells: str) -> str:
    """Return SQL for a field: the first of its columns that has a value."""
    found = [f"{cells}[{position + 1}]" for position in table.positions(field)]
    return f"coalesce({', '.join(found)}, null)" if found else "cast(null as varchar)"


def _prepared(table: MappedTable) -> str:
    """Return SQL for the columns that typing of numbers and dates needs."""
    columns = []
    for name in sorted(table.fields):
        kind, text = DATASETS[table.dataset].field(name).type, f"{name}_text"
        if pa.types.is_decimal(kind):
            columns.append(f"{bare_number(text)} as {name}_bare")
        elif pa.types.is_temporal(kind):
            columns.append(
                f"{dashed_day(text)} as {name}_dashed, {plain_day(text)} as {name}_plain"
            )
    return "".join(f", {column}" for column in columns)


def _unmapped(columns: list[Column]) -> str:
    """Return SQL for the JSON object of the cells that no alias maps; headers are a parameter."""
    if not columns:
        return "cast(null as varchar)"
    values = ", ".join(f"c{column.position}" for column in columns)
    pairs = f"list_filter(list_zip($headers::varchar[], [{values}]), pair -> trim(pair[2]) <> '')"
    return f"nullif(cast(to_json(map_from_entries({pairs})) as varchar), '{{}}')"


def _kind(table: MappedTable) -> str:
    """Return SQL for the kind of a record; only `data` is loaded, the others are counted."""
    filled = "len(list_filter(all_cells, cell -> trim(cell) <> ''))"
    lacks = " or ".join(f"{name}_text is null" for name in REQUIRED_FIELDS[table.dataset])
    is_total = f"len(list_filter(folded, cell -> regexp_matches(cell, '{TOTAL_WORDS}'))) > 0"
    mapped = ", ".join(f"trim(all_cells[{c.position + 1}])" for c in table.columns if c.field)
    return f"""case
        when {filled} = 0 then 'blank'
        when [{mapped}] = $header_text::varchar[] then 'repeated_header'
        when ({lacks}) and {is_total} then 'total'
        when {filled} = 1 and {len(table.columns)} > 2 then 'note'
        else 'data' end"""


def _unique(headers: list[str]) -> list[str]:
    """Return the headers with a number behind each repeated one: they become keys of an object."""
    seen: dict[str, int] = {}
    result = []
    for header in headers:
        seen[header] = seen.get(header, 0) + 1
        result.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
    return result
