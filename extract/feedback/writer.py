"""Writes the two files of a report: whose, where, in which language."""

import hashlib
import logging
import re
import unicodedata
from dataclasses import replace
from functools import cache, partial
from pathlib import Path, PurePosixPath

import duckdb

from approvals.configuration import Configuration
from approvals.settings import Settings
from extract.feedback.facts import (
    FileFacts,
    facts_of_manifest,
    facts_of_refusal,
    printable,
)
from extract.feedback.page import Answer, ArchiveAnswer, Member, render_archive, render_page
from extract.feedback.remarks import Part, Remarks
from extract.feedback.table import write_archive_table, write_table
from extract.feedback.words import wording
from extract.lake import Lake, part_stem, write_atomically
from extract.report import FileReport

logger = logging.getLogger(__name__)

NO_OFFICE = "_none"
TOO_MANY_REJECTS = "too_many_rejects"
MODE = 0o600
"""A report repeats quarantined cells: nobody but the warehouse reads it where it lies."""
FOLDER_MODE = 0o700
NAME_LIMIT = 80
UNSAFE = re.compile(r"[^\w.-]+")


class FeedbackWriter:
    """Answers each file of a load; one thread uses it."""

    def __init__(self, settings: Settings, configuration: Configuration, lake: Lake) -> None:
        """Take the offices' languages and the fields' names from the configuration."""
        self._folder = settings.feedback
        self._lake = lake
        self._offices = {office.office_id: office for office in configuration.offices}
        self._labels = cache(partial(_labels, configuration))
        connection = duckdb.connect(config={"threads": 1, "memory_limit": settings.memory_limit})
        self._remarks = Remarks(connection)

    def write(self, report: FileReport) -> FileReport:
        """Write the report of one file and return its outcome with the page's path.

        Bytes that were answered before keep their answer. A report that cannot be written is a
        message, not the end of the load: the rows are in the lake. An archive is answered export
        by export, and by a page that leads to them; with one export inside, by that one's.
        """
        members = [self.write(member) for member in report.members]
        answered = replace(report, members=members)
        if len(members) == 1:
            return replace(answered, feedback=members[0].feedback)
        try:
            return replace(answered, feedback=str(self._write(answered)))
        except OSError as error:
            sentence = f"the feedback cannot be written ({error}): check {self._folder}"
            logger.error("%s: %s", report.path, sentence)  # noqa: TRY400
            messages = [*report.messages, f"{report.path}: {sentence}"]
            return replace(answered, messages=messages)

    def _write(self, report: FileReport) -> Path:
        folder = self._folder / (report.office_id or NO_OFFICE)
        stem = _stem(report)
        page, table = folder / f"{stem}.html", folder / f"{stem}.csv"
        if report.status == "skipped_duplicate" and page.exists() and table.exists():
            return page
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        if report.members:
            archive = self._archive(report)
            text, fill = render_archive(archive), partial(write_archive_table, archive)
        else:
            answer = self._answer(report, self._facts(report), table.name)
            text, fill = render_page(answer), partial(write_table, answer)
        write_atomically(table, fill, MODE)
        write_atomically(page, lambda path: path.write_text(text, encoding="utf-8"), MODE)
        return page

    def _facts(self, report: FileReport) -> FileFacts:
        manifest = self._lake.manifest(report.file_sha256) if report.file_sha256 else None
        if manifest is not None:
            return facts_of_manifest(manifest)
        code, message = next(iter(report.reasons)), report.messages[0]
        return facts_of_refusal(report.path, report.file_sha256, code, message)

    def _answer(self, report: FileReport, facts: FileFacts, table_name: str) -> Answer:
        """Return what the page and the table are made from; the file's remarks are open then."""
        office = self._offices.get(report.office_id or "")
        language = (office.language if office else None) or facts.language or "en"
        self._remarks.open(facts.tables, self._parts(report, facts))
        return Answer(
            facts=facts,
            remarks=self._remarks,
            wording=wording(language, office.decimal_sign if office else None),
            office_name=office.office_name if office else report.office_id,
            labels=self._labels(language),
            table_name=table_name,
        )

    def _archive(self, report: FileReport) -> ArchiveAnswer:
        """Return what the page of an archive is made from."""
        office = self._offices.get(report.office_id or "")
        language = (office.language if office else None) or "en"
        return ArchiveAnswer(
            name=printable(report.path),
            wording=wording(language, office.decimal_sign if office else None),
            office_name=office.office_name if office else report.office_id,
            members=tuple(
                _member(member, report.path, self._facts(member)) for member in report.members
            ),
        )

    def _parts(self, report: FileReport, facts: FileFacts) -> list[Part]:
        """Return where the file's rows lie; of a file with nothing to say of its rows, nowhere.

        A file that was refused for too many rejects has left them, though no manifest names them.
        """
        if facts.status == "loaded":
            return []
        owner, sha256 = report.office_id or NO_OFFICE, facts.sha256 or ""
        count = len(facts.tables)
        if facts.refusal and facts.refusal.code == TOO_MANY_REJECTS:
            folder = self._lake.table_path("rejects", owner, sha256).parent
            count = sum(1 for _ in folder.glob(f"{sha256}*.parquet"))
        stems = [part_stem(sha256, number + 1) for number in range(count)]
        return [
            Part(
                accepted=self._lake.table_path(report.dataset or "approvals", owner, stem),
                rejects=self._lake.table_path("rejects", owner, stem),
            )
            for stem in stems
        ]


def _member(report: FileReport, archive: str, facts: FileFacts) -> Member:
    return Member(
        name=printable(report.path.removeprefix(f"{archive}/")),
        status=facts.status,
        rows_accepted=facts.rows_accepted,
        rows_rejected=facts.rows_rejected,
        page=Path(report.feedback).name if report.feedback else None,
    )


def _stem(report: FileReport) -> str:
    """Return a name that says which file is meant and is unique to its bytes."""
    path = printable(report.path)
    key = report.file_sha256 or hashlib.sha256(path.encode()).hexdigest()
    name = UNSAFE.sub("_", unicodedata.normalize("NFC", PurePosixPath(path).name))
    return f"{name.strip('._')[:NAME_LIMIT] or 'file'}-{key[:12]}"


def _labels(configuration: Configuration, language: str) -> dict[str, str]:
    """Return field → what people call it: its first alias in the language, else in English."""
    table = configuration.table("column_maps.csv")
    general = table[table["office_id"] == ""]
    labels: dict[str, str] = {}
    for wanted in (language, "en"):
        rows = general[general["language"] == wanted]
        for field, alias in zip(rows["field"], rows["alias"], strict=True):
            labels.setdefault(field, alias)
    return labels
