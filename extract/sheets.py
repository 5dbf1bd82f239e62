"""Which tables of a file are exports: every visible sheet, every table in it, one dataset."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

import duckdb

from approvals.contracts import REQUIRED_FIELDS
from extract.errors import RefusedFileError
from extract.layout import closest_header, find_table, header_notes
from extract.mapping import ColumnMaps, MappedTable
from extract.readers.table import RawTable
from extract.segments import cut, fill_merges, side_by_side

HEADERS_SOUGHT_IN_REJECTS = 2000


@dataclass(frozen=True, slots=True)
class FileTables:
    """The tables of a file that are loaded, and what was noticed on the others."""

    tables: tuple[MappedTable, ...]
    warnings: tuple[str, ...]


def find_tables(
    sheets: list[RawTable], maps: ColumnMaps, name: str, map_file: Callable[[str], str]
) -> FileTables:
    """Return the first table of each sheet; all of the dataset that the first sheet has.

    A sheet without a header goes on where the sheet before it ended, if it is as wide.

    Args:
        sheets: what stands in the file.
        maps: what the office's headers can mean.
        name: the file, for messages.
        map_file: dataset → the file that a header is added to.

    Raises:
        RefusedFileError: no sheet has a header; the message lists the missing columns by name.
    """
    tables: list[MappedTable] = []
    passed_over: list[RawTable] = []
    warnings: list[str] = []
    for sheet in sheets:
        table = find_table(sheet, maps) or (_continued(sheet, tables[-1]) if tables else None)
        if table is None:
            passed_over.append(sheet)
        elif tables and table.dataset != tables[0].dataset:
            warnings.append(
                f"sheet {sheet.sheet_name!r} holds {table.dataset}, the sheets before it "
                f"{tables[0].dataset}: it was not read; send it as a file of its own"
            )
        else:
            required = frozenset(REQUIRED_FIELDS[table.dataset])
            _check_currencies(table, name)
            tables += side_by_side(fill_merges(table), required)
    if not tables:
        raise _without_header(sheets, maps, name, map_file)
    warnings += [_not_read(sheet) for sheet in passed_over if _has_numbers(sheet)]
    return FileTables(tuple(cut(table, None) for table in tables), tuple(warnings))


def next_table(
    connection: duckdb.DuckDBPyConnection, table: MappedTable, maps: ColumnMaps
) -> MappedTable | None:
    """Return the table that begins inside this one, or None.

    Its header stands where this table expects an amount, or has another width, so it is among
    the quarantined rows.
    """
    rows = connection.execute(
        "select record_number, raw_cells from rejects where reason_code like 'amount%' "
        "or reason_code = 'cells_misplaced' order by record_number limit ?",
        [HEADERS_SOUGHT_IN_REJECTS],
    ).fetchall()
    for record, raw_cells in rows:
        cells = json.loads(raw_cells) if isinstance(raw_cells, str) else raw_cells
        columns = maps.columns(table.dataset, [[cell or ""] for cell in cells])
        if not maps.missing(table.dataset, columns):
            found = replace(table, header_row=record, header_rows=1, columns=columns, notes=())
            return cut(replace(found, notes=tuple(header_notes(found))), None)
    return None


def _continued(sheet: RawTable, before: MappedTable) -> MappedTable | None:
    """Return a sheet without a header as more rows of the table before it."""
    filled = [row for row in sheet.sample(20) if any(cell.strip() for cell in row)]
    width = max(
        (column.position + 1 for column in before.columns if column.field), default=sheet.width
    )
    amount = before.positions("amount_original") or before.positions("amount_usd_reported")
    if not filled or not amount or any(len(row) < width for row in filled[:1]):
        return None
    amounts = [row[amount[0]] for row in filled if len(row) > amount[0]]
    if sum(any(sign.isdigit() for sign in cell) for cell in amounts) * 2 < len(filled):
        return None
    note = (
        f"sheet {sheet.sheet_name!r} has no header: its columns were read as those of sheet "
        f"{before.raw.sheet_name!r}"
    )
    return replace(before, raw=sheet, header_row=0, header_rows=0, notes=(note,))


def _check_currencies(table: MappedTable, name: str) -> None:
    """Refuse amounts in several columns, one for each currency: which belongs to a row?

    Raises:
        RefusedFileError: the headers of the amounts state different currencies.
    """
    stated = {
        column.currency_code: column.header
        for column in table.columns
        if column.field == "amount_original" and column.currency_code
    }
    if len(stated) > 1:
        raise RefusedFileError(
            "currencies_compete",
            f"{name}: the columns {', '.join(map(repr, stated.values()))} give amounts in "
            "different currencies: export one column of amounts and one of currencies",
        )


def _has_numbers(sheet: RawTable) -> bool:
    return any(sign.isdigit() for row in sheet.sample(200) for cell in row for sign in cell)


def _not_read(sheet: RawTable) -> str:
    return (
        f"sheet {sheet.sheet_name!r} has numbers but no header that is understood: it was not "
        "read; if approvals stand there, give it the headers of the other sheets"
    )


def _without_header(
    sheets: list[RawTable], maps: ColumnMaps, name: str, map_file: Callable[[str], str]
) -> RefusedFileError:
    cells, dataset, missing = closest_header(sheets[0], maps)
    seen = ", ".join(repr(cell) for cell in cells if cell.strip()) or "nothing"
    return RefusedFileError(
        "header_not_found",
        f"{name}: no header was found. The closest record reads {seen}; for {dataset} it lacks "
        f"{', '.join(missing)}. Add the headers as aliases to {map_file(dataset)}",
    )
