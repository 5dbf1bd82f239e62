"""Which column may be which field, how sure that is and why; a person decides."""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from approvals.configuration import Configuration
from approvals.contracts import DATASETS, REQUIRED_FIELDS
from approvals.offices import Office
from extract.discovery import given_file
from extract.layout import find_table
from extract.mapping import ColumnMaps
from extract.proposal.cells import ColumnEvidence, evidence_of
from extract.proposal.header import likely_header
from extract.proposal.scoring import Guess, guesses
from extract.proposal.vocabulary import Vocabulary
from extract.readers import reader_for
from extract.readers.table import RawTable
from extract.sheet_columns import column_letters

SAMPLE = 1000
"""Records below the header whose cells are weighed."""
LEAST = 50
"""Of 100: what is less sure than this is not proposed."""
WORTH_A_LOOK = 40
MISSING_COSTS = 30
"""Of 100: by how much a missing required field speaks against a dataset."""
MAP_COLUMNS = ("dataset", "office_id", "field", "language", "alias", "priority")


@dataclass(frozen=True, slots=True)
class ProposedColumn:
    """One column of the file and the field that it may be."""

    position: int
    letters: str
    header: str
    field: str | None
    """None: nothing is sure enough to be proposed."""
    score: int
    """100: the header is an alias already; below 70 somebody should look at the values."""
    why: str
    language: str
    priority: int
    others: tuple[str, ...]
    """Fields that it may be as well, the likelier first; none for an alias."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A column map for one file, to be reviewed."""

    path: str
    office_id: str
    dataset: str
    sheet_name: str
    header_record: int
    columns: tuple[ProposedColumn, ...]
    missing: tuple[str, ...]
    """Required fields for which no column is proposed."""

    def as_csv(self) -> str:
        """Return the map as it lies in `column_maps/`: one line for each proposed column."""
        sink = io.StringIO()
        writer = csv.writer(sink, lineterminator="\n")
        writer.writerow(MAP_COLUMNS)
        for column in self.columns:
            if column.field:
                line = (column.field, column.language, _harmless(column.header), column.priority)
                writer.writerow((self.dataset, self.office_id, *line))
        return sink.getvalue()

    def as_json(self) -> dict[str, Any]:
        """Return the machine-readable form."""
        return asdict(self)


def propose_map(configuration: Configuration, path: Path, office_id: str) -> Proposal:
    """Return the likeliest map for the table of a file, the best of its sheets.

    Args:
        configuration: column maps, value maps and reference tables.
        path: the file.
        office_id: the office for which the aliases will hold; need not be declared yet.

    Raises:
        ExportsNotFoundError: there is no such file, or it is no export by its name.
        RefusedFileError: the file cannot be read.
    """
    office = given_file(path, office_id, configuration.offices).office
    code_page = office.code_page if office else None
    sheets = reader_for(path).read(path, code_page)
    column_maps, value_maps = (configuration.table(f"{n}_maps.csv") for n in ("column", "value"))
    maps = ColumnMaps(column_maps, value_maps, office_id)
    vocabulary = Vocabulary(configuration, office_id)
    found = [
        _of_sheet(sheet, dataset, maps, vocabulary, (path, office_id, office))
        for sheet in sheets
        for dataset in DATASETS
    ]
    return max(found, key=_merit)


def _merit(proposal: Proposal) -> int:
    """The certainty of all columns together, less what required fields are missing."""
    certain = sum(column.score for column in proposal.columns if column.field)
    return certain - MISSING_COSTS * len(proposal.missing)


def _of_sheet(
    sheet: RawTable,
    dataset: str,
    maps: ColumnMaps,
    vocabulary: Vocabulary,
    file: tuple[Path, str, Office | None],
) -> Proposal:
    path, office_id, office = file
    table = find_table(sheet, maps)
    if table and table.dataset == dataset:
        record, headers = table.header_row, [column.header for column in table.columns]
    else:
        record, headers = likely_header(sheet, dataset, vocabulary)
    rows = sheet.sample(record + SAMPLE)[record:]
    evidence = [
        evidence_of([row[place] for row in rows if place < len(row)], vocabulary.values)
        for place in range(len(headers))
    ]
    language = (office.language if office else None) or "en"
    columns = _columns(headers, evidence, dataset, vocabulary, language)
    given = {column.field for column in columns}
    missing = tuple(field for field in REQUIRED_FIELDS[dataset] if field not in given)
    return Proposal(str(path), office_id, dataset, sheet.sheet_name, record, columns, missing)


def _columns(
    headers: Sequence[str],
    evidence: Sequence[ColumnEvidence],
    dataset: str,
    vocabulary: Vocabulary,
    language: str,
) -> tuple[ProposedColumn, ...]:
    """Give each field to the column that is likeliest to be it, the surest first."""
    per_column = guesses(headers, evidence, dataset, vocabulary)
    ranked = sorted(
        ((guess, place) for place, found in enumerate(per_column) for guess in found),
        key=lambda pair: (-pair[0].score, pair[1]),
    )
    chosen: dict[int, Guess] = {}
    for guess, place in ranked:
        taken = any(other.field == guess.field for other in chosen.values())
        if guess.score >= LEAST and place not in chosen and (not taken or guess.score == 100):
            chosen[place] = guess
    return tuple(
        _proposed(place, header, chosen.get(place), per_column[place], language)
        for place, header in enumerate(headers)
        if header.strip() or evidence[place].cells
    )


def _proposed(
    place: int, header: str, guess: Guess | None, found: Sequence[Guess], language: str
) -> ProposedColumn:
    others = tuple(
        other.field
        for other in found
        if other.score >= WORTH_A_LOOK and (guess is None or other.field != guess.field)
    )
    if guess and guess.score == 100:
        others = ()
    field = guess.field if guess and header.strip() else None
    return ProposedColumn(
        position=place,
        letters=column_letters(place),
        header=" ".join(header.split()),
        field=field,
        score=guess.score if guess and field else 0,
        why=guess.why if guess else "",
        language=(guess.language if guess else None) or language,
        priority=guess.priority if guess else 1,
        others=others,
    )


def _harmless(header: str) -> str:
    """Return a header with an apostrophe before what a spreadsheet would take for a formula.

    Aliases are compared without punctuation, so the map loads the same.
    """
    text = " ".join(header.split())
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text
