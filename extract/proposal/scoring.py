"""How likely a column is a field: what its header resembles, what its cells are."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from approvals.contracts import DATASETS
from extract.proposal.cells import ColumnEvidence
from extract.proposal.vocabulary import Vocabulary

MOSTLY = 0.8
"""Share of cells from which on a column is one of dates, or of numbers."""
KNOWN_VALUES = 85
"""Score of a column whose every cell is a known value of a field, whatever its header."""
ONLY_ONE = 55
"""Score of the only column of dates, or of numbers, under a header that says nothing."""
CONTRADICTED = 0.4
"""What is left of a header's score when the cells are of another type."""
AGREED = 10
"""Added where header and cells agree; taken off for each other field that the cells fit as well."""
ALIKE, UNLIKE = 85, 15
"""A header less like an alias than `ALIKE` of 100 counts that much less: short words are alike."""
LEAST_TO_AGREE = 60


@dataclass(frozen=True, slots=True)
class Guess:
    """One field that a column may be."""

    field: str
    score: int
    why: str
    language: str | None = None
    priority: int = 1


def guesses(
    headers: Sequence[str],
    evidence: Sequence[ColumnEvidence],
    dataset: str,
    vocabulary: Vocabulary,
) -> list[list[Guess]]:
    """Return for each column the fields that it may be, the likeliest first."""
    found = [
        _merged(
            [*_by_header(header, seen, dataset, vocabulary), *_by_cells(seen, dataset, vocabulary)]
        )
        for header, seen in zip(headers, evidence, strict=True)
    ]
    _add_only_one(found, evidence, dataset)
    return [sorted(options, key=lambda guess: -guess.score) for options in found]


def _by_header(
    header: str, seen: ColumnEvidence, dataset: str, vocabulary: Vocabulary
) -> list[Guess]:
    found = []
    for alias, likeness in vocabulary.similar(dataset, header):
        if likeness == 100:
            score, why = 100, f"the header is the alias {alias.text!r}"
        else:
            score, why = _resembling(likeness, _fit(alias.field, seen, dataset, vocabulary))
            why = f"the header resembles {alias.text!r} ({likeness} of 100){why}"
        found.append(Guess(alias.field, score, why, alias.language, alias.priority))
    return found


def _resembling(likeness: int, fit: bool | None) -> tuple[int, str]:
    """Return the score of a header that is not an alias, and what its cells say to it."""
    score = likeness if likeness >= ALIKE else likeness - UNLIKE
    if fit is False:
        return round(score * CONTRADICTED), ", but its cells do not fit"
    if fit:
        return min(99, score + AGREED), ", and its cells fit"
    return score, ""


def _by_cells(seen: ColumnEvidence, dataset: str, vocabulary: Vocabulary) -> list[Guess]:
    fields = set(DATASETS[dataset].names) - vocabulary.markers
    known = {field: share for field, share in seen.known.items() if field in fields}
    doubt = AGREED * (len(known) - 1)
    found = [
        Guess(
            field,
            round(KNOWN_VALUES * share) - doubt,
            f"{share:.0%} of {seen.cells} cells are known values of {field}",
        )
        for field, share in known.items()
    ]
    if "project_symbol" in fields and seen.symbols >= MOSTLY:
        why = f"{seen.symbols:.0%} of {seen.cells} cells look like project symbols"
        found.append(Guess("project_symbol", round(KNOWN_VALUES * seen.symbols), why))
    return found


def _merged(found: list[Guess]) -> list[Guess]:
    """Return one guess for each field; a header and cells that agree make it surer."""
    best: dict[str, Guess] = {}
    for guess in found:
        other = best.get(guess.field)
        if other is None:
            best[guess.field] = guess
        elif other.score < 100:
            surer = AGREED if min(other.score, guess.score) >= LEAST_TO_AGREE else 0
            score = min(99, max(other.score, guess.score) + surer)
            why = f"{guess.why}; {other.why}"
            best[guess.field] = Guess(guess.field, score, why, other.language, other.priority)
    return list(best.values())


def _add_only_one(
    found: list[list[Guess]], evidence: Sequence[ColumnEvidence], dataset: str
) -> None:
    """Propose the only column of dates, and the only one of numbers, for what must be there."""
    wanted = {
        "approvals": {"dates": "approval_date", "numbers": "amount_original"},
        "rates": {"dates": "rate_month", "numbers": "units_per_usd"},
    }.get(dataset, {})
    for kind, field in wanted.items():
        places = [place for place, seen in enumerate(evidence) if getattr(seen, kind) >= MOSTLY]
        if len(places) == 1 and all(guess.field != field for guess in found[places[0]]):
            found[places[0]].append(Guess(field, ONLY_ONE, f"the only column of {kind}"))


def _fit(field: str, seen: ColumnEvidence, dataset: str, vocabulary: Vocabulary) -> bool | None:
    """Whether the cells can be the field's values; None where they say little."""
    if not seen.cells or field not in DATASETS[dataset].names:
        return None
    if field in vocabulary.coded:
        return field in seen.known
    kind = DATASETS[dataset].field(field).type
    if pa.types.is_temporal(kind):
        return seen.dates >= MOSTLY / 2
    if pa.types.is_decimal(kind):
        return seen.numbers >= MOSTLY / 2
    return False if seen.dates >= MOSTLY else None
