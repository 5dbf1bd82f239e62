"""From records to fields: a mapped table's columns as text, and what kind of record each is."""

import duckdb

from approvals.contracts import DATASETS, REQUIRED_FIELDS
from extract.expressions import clean_text, folded
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


def dataset_fields(dataset: str) -> list[str]:
    """Return the fields of a dataset that a file can state, in the contract's order."""
    return [name for name in DATASETS[dataset].names if name not in PROVENANCE]


def create_fields(connection: duckdb.DuckDBPyConnection, table: MappedTable) -> None:
    """Create the table `fields`: one row for each record below the header.

    Columns: `record_number`, `raw_cells`, `unmapped_cells`, `kind` (data, blank, total, note,
    repeated_header) and one text column for each field of the dataset.
    """
    connection.register("records", table.raw.records)
    cells = [f"c{position}" for position in range(table.raw.width)]
    texts = {name: _field(table, name) for name in dataset_fields(table.dataset)}
    selected = ", ".join(f"{expression} as {name}" for name, expression in texts.items())
    unmapped = [column for column in table.columns if column.field is None]
    headers = _unique([column.header or f"column {column.position + 1}" for column in unmapped])
    connection.execute(
        f"""
        create or replace temp table fields as
        with cells as (
            select *, [{", ".join(cells)}] as all_cells
            from records where record_number > $header_row
        ), texts as (
            select record_number, all_cells, {selected},
                {_unmapped(unmapped)} as unmapped_cells
            from cells
        )
        select * exclude (all_cells), cast(to_json(all_cells) as varchar) as raw_cells,
            {_kind(table)} as kind
        from texts
        """,
        {
            "header_row": table.header_row,
            **({"headers": headers} if headers else {}),
            "header_text": [column.header for column in table.columns if column.field],
        },
    )


def _field(table: MappedTable, field: str) -> str:
    """Return SQL for a field: the first of its columns that has a value."""
    found = [clean_text(f"c{position}") for position in table.positions(field)]
    return f"coalesce({', '.join(found)}, null)" if found else "cast(null as varchar)"


def _unmapped(columns: list[Column]) -> str:
    """Return SQL for the JSON object of the cells that no alias maps; headers are a parameter."""
    if not columns:
        return "cast(null as varchar)"
    values = ", ".join(f"c{column.position}" for column in columns)
    pairs = f"list_filter(list_zip($headers::varchar[], [{values}]), pair -> trim(pair[2]) <> '')"
    return f"nullif(cast(to_json(map_from_entries({pairs})) as varchar), '{{}}')"


def _kind(table: MappedTable) -> str:
    """Return SQL for the kind of a record; only `data` is loaded, the others are counted."""
    required = REQUIRED_FIELDS[table.dataset]
    filled = "len(list_filter(all_cells, cell -> trim(cell) <> ''))"
    lacks = " or ".join(f"{name} is null" for name in required)
    is_total = f"regexp_matches({folded('cell')}, '{TOTAL_WORDS}')"
    total = f"len(list_filter(all_cells, cell -> {is_total})) > 0"
    mapped = ", ".join(f"trim(all_cells[{c.position + 1}])" for c in table.columns if c.field)
    return f"""case
        when {filled} = 0 then 'blank'
        when [{mapped}] = $header_text::varchar[] then 'repeated_header'
        when ({lacks}) and {total} then 'total'
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
