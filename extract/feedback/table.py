"""The report as a table for a spreadsheet: every remark, one line each, after the sums.

A cell that a spreadsheet would take for a formula gets an apostrophe in front; numbers keep
their sign. The office's spreadsheet decides the delimiter: a semicolon where it writes a decimal
comma.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from extract.feedback.page import Answer, ArchiveAnswer
from extract.feedback.words import Wording
from extract.reasons import SEVERITIES, Reason, catalogue

BYTE_ORDER_MARK = "\ufeff"
COLUMNS = (
    "section",
    "sheet",
    "row",
    "column",
    "found",
    "code",
    "severity",
    "reason",
    "fix",
    "rows",
    "currency",
    "amount",
)
SCHEMA = pa.schema([(name, pa.string()) for name in COLUMNS])
SECTIONS = {"row": "section_not_loaded", "warning": "section_noticed"}
FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
NUMBER = r"^[+-]\d[\d., \x{00a0}\x{202f}]*$"


def write_table(answer: Answer, path: Path) -> None:
    """Write the table of one file."""
    sums = _lines(_sums(answer))  # asked for first: another query would end the list of remarks
    remarks = (_remarks(batch, answer) for batch in answer.remarks.listed())
    _write(path, answer.wording, chain([sums], remarks))


def write_archive_table(archive: ArchiveAnswer, path: Path) -> None:
    """Write the table of an archive: a line for each file in it."""
    word = archive.wording.word
    lines = [
        {
            "section": word(member.status),
            "found": member.name,
            "rows": str(member.rows_accepted),
            "reason": member.page or "",
        }
        for member in archive.members
    ]
    _write(path, archive.wording, [_lines(lines)])


def _write(path: Path, wording: Wording, parts: Iterable[pa.Table]) -> None:
    """Write UTF-8 with a byte order mark: without one a spreadsheet does not see that it is."""
    header = _lines([{name: wording.word(name) for name in COLUMNS}])
    lines = iter(parts)
    first = pa.concat_tables([header, *islice(lines, 1)])
    options = arrow_csv.WriteOptions(
        include_header=False, delimiter=wording.csv_delimiter, quoting_style="needed"
    )
    with path.open("wb") as target:
        target.write(BYTE_ORDER_MARK.encode())
        with arrow_csv.CSVWriter(target, SCHEMA, write_options=options) as writer:
            for part in chain([first], lines):
                writer.write_table(_neutral(part))


def _sums(answer: Answer) -> Iterator[dict[str, str]]:
    """Return the lines that concern the file and not a single row."""
    wording, facts = answer.wording, answer.facts
    word = wording.word
    for currency, rows, amount in facts.totals:
        yield {
            "section": word("section_loaded"),
            "rows": str(rows),
            "currency": currency,
            "amount": wording.plain(amount),
        }
    if not facts.totals and facts.rows_accepted:
        yield {"section": word("section_loaded"), "rows": str(facts.rows_accepted)}
    if facts.refusal:
        yield {
            **_reason(answer, facts.refusal, "section_not_loaded"),
            "found": answer.messages[0][0],
        }
    else:
        yield from (
            {"section": word("section_noticed"), "reason": message}
            for message, _ in answer.messages
        )
    for total in facts.control_totals:
        yield {
            "section": word("section_control"),
            "sheet": total.sheet_name,
            "row": str(total.record_number),
            "found": wording.plain(total.stated),
            "reason": "" if total.agrees else word("control_meaning"),
            "fix": "" if total.agrees else word("control_fix"),
            "amount": wording.plain(total.computed),
        }
    for reason, count in facts.dropped:
        yield {**_reason(answer, reason, "section_left_out"), "rows": str(count)}
    for reason, count in answer.remarks.counts("warning"):
        if reason.severity == "info":
            yield {**_reason(answer, reason, "section_noticed"), "rows": str(count)}


def _reason(answer: Answer, reason: Reason, section: str) -> dict[str, str]:
    language = answer.wording.language
    return {
        "section": answer.wording.word(section),
        "code": reason.code,
        "severity": answer.wording.word(f"severity_{reason.severity}"),
        "reason": reason.meanings[language],
        "fix": reason.fixes[language],
    }


def _lines(lines: Iterable[dict[str, str]]) -> pa.Table:
    return pa.Table.from_pylist(
        [{name: line.get(name, "") for name in COLUMNS} for line in lines], SCHEMA
    )


def _remarks(batch: pa.RecordBatch, answer: Answer) -> pa.Table:
    """Return the lines for remarks, with each code's texts in the office's language."""
    word, language = answer.wording.word, answer.wording.language
    codes, levels, severities = batch["code"], batch["level"], batch["severity"]
    reasons = catalogue()
    severity_words = {name: word(f"severity_{name}") for name in SEVERITIES}
    nothing = pa.nulls(batch.num_rows, pa.string())
    columns = {
        "section": _translated(levels, {level: word(key) for level, key in SECTIONS.items()}),
        "sheet": batch["sheet_name"],
        "row": batch["record_number"].cast(pa.string()),
        "column": batch["header"],
        "found": batch["found"],
        "code": codes,
        "severity": _translated(severities, severity_words),
        "reason": _translated(codes, {k: r.meanings[language] for k, r in reasons.items()}),
        "fix": _translated(codes, {k: r.fixes[language] for k, r in reasons.items()}),
    }
    arrays = [pc.fill_null(columns.get(name, nothing), "") for name in COLUMNS]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def _translated(keys: pa.Array, texts: dict[str, str]) -> pa.Array:
    """Return the text of each key."""
    return pa.array(texts.values(), pa.string()).take(pc.index_in(keys, pa.array(texts.keys())))


def _neutral(lines: pa.Table) -> pa.Table:
    """Return the lines with an apostrophe before each cell that could be taken for a formula.

    All columns are looked at as one: to compile a pattern costs more than a short table.
    """
    cells = pa.chunked_array(
        [chunk for column in lines.columns for chunk in column.chunks], pa.string()
    )
    formula = pc.match_substring_regex(cells, FORMULA)
    number = pc.match_substring_regex(cells, NUMBER)
    marked = pc.binary_join_element_wise("'", cells, "")
    safe = pc.if_else(pc.and_(formula, pc.invert(number)), marked, cells)
    count = lines.num_rows
    columns = [safe.slice(place * count, count) for place in range(lines.num_columns)]
    return pa.Table.from_arrays(columns, schema=SCHEMA)
