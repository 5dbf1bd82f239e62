"""From records to fields: a mapped table's columns as text, and what kind of record each is."""

import duckdb
import pyarrow as pa

from approvals.contracts import DATASETS
from extract.cells import create_cells
from extract.kinds import is_unnamed, kind_columns, may_be_no_data, may_be_sum, record_kind
from extract.mapping import AMOUNTS, Column, MappedTable
from extract.profile import LARGE, Profile, cleaned, is_error, profile_cells
from extract.relation import replace_relation

PROVENANCE = {
    "file_sha256",
    "office_id",
    "sheet_name",
    "record_number",
    "raw_cells",
    "unmapped_cells",
    "warning_codes",
}
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
NO_TEXT = "cast(null as varchar)"
WORDS = {*CODED_FIELDS, "currency_code"}
SUM = "may_be_sum"


def dataset_fields(dataset: str) -> list[str]:
    """Return the fields of a dataset that a file can state, in the contract's order."""
    return [name for name in DATASETS[dataset].names if name not in PROVENANCE]


def create_fields(connection: duckdb.DuckDBPyConnection, table: MappedTable) -> Profile:
    """Create the table `cells` and over it the relation `fields`: one row for each record.

    Columns: `record_number`, `raw_cells`, `unmapped_cells`, `kind` (data, blank, total, note,
    repeated_header) and for each field of the dataset `<field>_text` (NFC, single spaces, NULL if
    nothing shows), `<field>_machine` (the cell was a number or a date of the format itself),
    `<field>_multiplier` and `<field>_currency` (what the header of its column says) and
    `<field>_shown` (what the number format of its cell shows). Where some record may be no row of
    data there is `may_be_sum`: it is read as one, and may be a sum of others.

    The cells are copied once, in the order of the records; `fields` is a view of them, so that a
    query computes only what it uses. Small tables are computed once instead: for them planning a
    query twice costs more than the rows.
    """
    create_cells(connection, table.raw.records, table.header_row)
    _set_headers(connection, table)
    unnamed = is_unnamed(table)
    profile = profile_cells(connection, table.raw.width, may_be_no_data(table), unnamed)
    is_large = profile.rows > LARGE
    kind = record_kind(table) if profile.may_be_odd else "'data'"
    if is_large and profile.may_be_odd:
        kind = _looked_up_kind(connection, _fields_query(table, profile, kind))
    query = _fields_query(table, profile, kind)
    replace_relation(connection, "fields", query, as_view=is_large)
    return profile


def _looked_up_kind(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    """Return SQL for the kind of a record of a large table: nearly all are data.

    The others are found once and looked up, instead of being found again by every query.
    """
    connection.execute(
        "create or replace temp table odd_records as "
        f"select record_number, kind from ({query}) where kind <> 'data'"
    )
    if connection.execute("select 1 from odd_records limit 1").fetchone() is None:
        return "'data'"
    found = "select kind from odd_records where odd_records.record_number = texts.record_number"
    return f"coalesce(({found}), 'data')"


def _set_headers(connection: duckdb.DuckDBPyConnection, table: MappedTable) -> None:
    """Set the texts of headers as variables: no text of a file is ever part of SQL."""
    unmapped = [column for column in table.columns if column.field is None]
    headers = _unique([column.header or f"column {column.position + 1}" for column in unmapped])
    mapped = [column.header for column in table.columns if column.field]
    for name, texts in (("unmapped_headers", headers), ("mapped_headers", mapped)):
        connection.execute(f"set variable {name} = $texts::varchar[]", {"texts": texts})


def _fields_query(table: MappedTable, profile: Profile, kind: str) -> str:
    cells = ", ".join(f"c{position}" for position in range(table.raw.width))
    texts = [_field_columns(table, profile, field) for field in dataset_fields(table.dataset)]
    helpers = kind_columns(table) if profile.may_be_odd else {}
    columns = ", ".join(
        f"{sql} as {name}" for group in (*texts, helpers) for name, sql in group.items()
    )
    unmapped = [column for column in table.columns if column.field is None]
    sums = f"{may_be_sum(table, has_unnamed=profile.has_unnamed)} as {SUM}," * profile.may_be_odd
    return f"""
        select * exclude ({", ".join([cells, *helpers])}), {sums}
            cast(json_array({cells}) as varchar) as raw_cells,
            {_unmapped(unmapped)} as unmapped_cells, {kind} as kind
        from (select *, {columns} from cells) as texts"""


def _field_columns(table: MappedTable, profile: Profile, field: str) -> dict[str, str]:
    """Return the columns of a field: each from the first of its cells that has a value."""
    columns = [_column(table, position) for position in table.positions(field)]
    texts = {column.position: _text(column, profile) for column in columns}
    text = f"coalesce({', '.join(texts.values())}, null)" if texts else NO_TEXT
    found = {f"{field}_text": text}
    if (
        texts
        and profile.has_errors
        and pa.types.is_string(DATASETS[table.dataset].field(field).type)
    ):
        found[f"{field}_error"] = f"coalesce({is_error(text)}, false)"
    if any(position in profile.machine for position in texts):
        flags = {
            texts[c.position]: f"coalesce(m{c.position}, false)"
            if c.position in profile.machine and c.unit_position is None
            else "false"
            for c in columns
        }
        found[f"{field}_machine"] = _choice(flags)
    if field in AMOUNTS and profile.shown & texts.keys():
        found[f"{field}_shown"] = _choice(
            {texts[n]: f"f{n}" if n in profile.shown else NO_TEXT for n in texts}
        )
    if any(column.multiplier != 1 for column in columns):
        found[f"{field}_multiplier"] = _choice(
            {texts[c.position]: f"{c.multiplier:d}" for c in columns}
        )
    if any(column.currency_code for column in columns):
        found[f"{field}_currency"] = _choice(
            {texts[c.position]: _code(c.currency_code) for c in columns}
        )
    return found


def _text(column: Column, profile: Profile) -> str:
    """Return SQL for a cell's text; with a unit from another column it is "12.5 million"."""
    text = cleaned(column.position, profile, is_donor=column.field == "donor_name")
    if column.unit_position is None:
        return text
    return f"{text} || coalesce(' ' || {cleaned(column.unit_position, profile)}, '')"


def _column(table: MappedTable, position: int) -> Column:
    return next(column for column in table.columns if column.position == position)


def _choice(choices: dict[str, str]) -> str:
    """Return SQL for what belongs to the first text that is there."""
    if len(choices) == 1:
        return next(iter(choices.values()))
    cases = " ".join(f"when {text} is not null then {value}" for text, value in choices.items())
    return f"case {cases} end"


def _code(currency: str | None) -> str:
    """Return a currency code as SQL; it comes from a list, never from a file."""
    if currency is None:
        return NO_TEXT
    if not (currency.isascii() and currency.isalpha() and len(currency) == 3):
        raise ValueError(f"{currency!r} is no currency code")
    return f"'{currency}'"


def _unmapped(columns: list[Column]) -> str:
    """Return SQL for the JSON object of the cells that no alias maps."""
    if not columns:
        return NO_TEXT
    values = ", ".join(f"c{column.position}" for column in columns)
    pairs = (
        f"list_filter(list_zip(getvariable('unmapped_headers')::varchar[], [{values}]), "
        "pair -> trim(pair[2]) <> '')"
    )
    return f"nullif(cast(to_json(map_from_entries({pairs})) as varchar), '{{}}')"


def _unique(headers: list[str]) -> list[str]:
    """Return the headers with a number behind each repeated one: they become keys of an object."""
    seen: dict[str, int] = {}
    result = []
    for header in headers:
        seen[header] = seen.get(header, 0) + 1
        result.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
    return result
