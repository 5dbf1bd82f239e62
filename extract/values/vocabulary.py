"""The words of `extract/words/*.csv`, read once: months, magnitudes, null tokens, errors, signs."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from extract.folding import fold

WORDS = Path(__file__).resolve().parents[1] / "words"


@cache
def months() -> dict[str, int]:
    """Return folded names of months in four languages → number."""
    return {fold(row["word"]): int(row["month"]) for row in _rows("months")}


@cache
def date_fillers() -> frozenset[str]:
    """Return the folded words that may stand in a written date: days of the week, `de`."""
    return frozenset(fold(row["word"]) for row in _rows("date_fillers"))


@cache
def weekdays() -> dict[str, int]:
    """Return folded names of days of the week in four languages → number, Monday 1."""
    rows = [row for row in _rows("date_fillers") if row["weekday"]]
    return {fold(row["word"]): int(row["weekday"]) for row in rows}


@cache
def magnitudes(language: str | None) -> dict[str, int | None]:
    """Return folded words such as `million` → zeros; None where languages contradict each other.

    Args:
        language: of the office or the file's headers, or None: it decides about `billion`, `mil`.
    """
    found: dict[str, dict[str, int]] = {}
    for row in _rows("magnitudes"):
        found.setdefault(fold(row["word"]), {})[row["language"]] = int(row["zeros"])
    return {
        word: next(iter(zeros.values()))
        if len(set(zeros.values())) == 1
        else zeros.get(language or "")
        for word, zeros in found.items()
    }


@cache
def null_tokens() -> frozenset[str]:
    """Return what means "nothing" in every field, in lower case."""
    return frozenset(row["token"].lower() for row in _rows("null_tokens") if row["where"] == "any")


@cache
def value_null_tokens() -> frozenset[str]:
    """Return what means "nothing" in a number, a date, a currency or a coded word."""
    rows = _rows("null_tokens")
    return frozenset(row["token"].lower() for row in rows if row["where"] in {"any", "value"})


@cache
def donor_null_tokens() -> frozenset[str]:
    """Return what names no donor, in lower case: nothing, not yet, or the one above."""
    return frozenset(row["token"].lower() for row in _rows("null_tokens"))


@cache
def spreadsheet_errors() -> frozenset[str]:
    """Return the error texts of spreadsheets in every language that we know, in upper case."""
    return frozenset(row["text"].upper() for row in _rows("spreadsheet_errors"))


@cache
def ambiguous_currencies() -> dict[str, frozenset[str]]:
    """Return signs and words that several currencies share, compactly folded → ISO codes."""
    found: dict[str, set[str]] = {}
    for row in _rows("ambiguous_currencies"):
        found.setdefault(compact(row["sign"]), set()).add(row["currency_code"])
    return {sign: frozenset(codes) for sign, codes in found.items()}


def compact(text: str) -> str:
    """Return text as `fold` compares it, and without spaces: `US $` and `us$` are one word."""
    return fold(text).replace(" ", "")


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (WORDS / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)
