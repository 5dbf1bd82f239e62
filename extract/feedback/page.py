"""The report as a page: self-contained, everything in it escaped, nothing loaded from outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from approvals.pages import page_environment, style_source
from approvals.visible import visible
from extract.feedback.facts import REJECTED, FileFacts
from extract.feedback.messages import translated
from extract.feedback.remarks import Remarks
from extract.feedback.words import Wording
from extract.sheet_columns import column_letters

TEMPLATES = Path(__file__).parent / "templates"
REMARKS_SHOWN = 200
FIRST_ROWS = 5
TICKS = {"\t": "tab", " ": "space", "": "none"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What both forms of a report are made from."""

    facts: FileFacts
    remarks: Remarks
    """Open on the file's rows."""
    wording: Wording
    office_name: str | None
    labels: Mapping[str, str]
    """Field → what people call it in the office's language."""
    table_name: str
    """File name of the table beside the page."""

    @property
    def messages(self) -> list[tuple[str, str]]:
        """The messages on the whole file, each with the language that it is in."""
        language = self.wording.language
        said = [(text, translated(text, language, self.labels)) for text in self.facts.messages]
        return [(own, language) if own else (text, "en") for text, own in said]


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive and how it ended."""

    name: str
    """Path inside the archive, printable."""
    status: str
    rows_accepted: int
    rows_rejected: int
    page: str | None
    """File name of its own page, in the same folder."""


@dataclass(frozen=True, slots=True)
class ArchiveAnswer:
    """What the page of an archive is made from: it leads to the pages of its files."""

    name: str
    wording: Wording
    office_name: str | None
    members: tuple[Member, ...]


def render_page(answer: Answer) -> str:
    """Return the page; at most `REMARKS_SHOWN` quarantined rows are on it, all are in the table."""
    facts, remarks, wording = answer.facts, answer.remarks, answer.wording
    reasons = remarks.counts("row")
    noticed = [
        (reason, count, remarks.first_of(reason.code, FIRST_ROWS))
        for reason, count in remarks.counts("warning")
    ]
    return _rendered(
        "feedback.html.j2",
        wording,
        answer=answer,
        facts=facts,
        reasons=reasons,
        remark_count=sum(count for _, count in reasons),
        shown=remarks.first("row", REMARKS_SHOWN),
        noticed=noticed,
        to_check=[entry for entry in noticed if entry[0].severity == "warning"],
        how_to_resend=_how_to_resend(facts),
    )


def render_archive(archive: ArchiveAnswer) -> str:
    """Return the page of an archive."""
    return _rendered("archive.html.j2", archive.wording, archive=archive)


def _rendered(template: str, wording: Wording, **values: object) -> str:
    style = (TEMPLATES / "feedback.css").read_text(encoding="utf-8")
    return (
        _environment()
        .get_template(template)
        .render(
            language=wording.language,
            wording=wording,
            word=wording.word,
            style=Markup(style),  # noqa: S704
            style_hash=style_source(style),
            **values,
        )
    )


@cache
def _environment() -> Environment:
    environment = page_environment(TEMPLATES)
    environment.filters["visible"] = visible
    environment.filters["sentence"] = sentence
    environment.filters["tick"] = TICKS.get
    environment.filters["sheet_column"] = column_letters
    return environment


def _how_to_resend(facts: FileFacts) -> str | None:
    """Return the key of the sentence that says how corrections reach the warehouse."""
    if facts.status == REJECTED:
        return "to_do_rejected"
    return f"to_do_{facts.coverage}" if facts.rows_rejected else None


def sentence(text: str) -> str:
    """Return a fragment of the catalogue as a sentence."""
    return f"{text[:1].upper()}{text[1:]}."
