"""Compares what became of a case with what a careful person would accept."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from approvals.contracts import FILE_STATUSES
from extract import FileReport
from extract.reasons import catalogue
from tests.extract.adversarial.case import Case, Expected
from tests.extract.adversarial.night import Outcome, lake_column


def complaints(case: Case, outcome: Outcome) -> list[str]:
    """Return what is wrong with an outcome, one line each; empty: it is right."""
    if outcome.crash:
        return [f"the load crashed: {outcome.crash.splitlines()[0]}"]
    if not outcome.reports:
        return ["no report of the file"]
    found = [line for entry in outcome.reports for line in _of_any_report(entry)]
    if all(entry.status == "rejected" for entry in outcome.reports):
        return [*found, *_of_refusal(case.expected, outcome)]
    return [*found, *_of_load(case.expected, outcome)]


def _of_any_report(entry: FileReport) -> Iterator[str]:
    """Yield what no report may do, whatever the file is."""
    known = {name for name, reason in catalogue().items() if reason.level in {"row", "file"}}
    if entry.status not in FILE_STATUSES or entry.status == "skipped_duplicate":
        yield f"status {entry.status}"
    if entry.rows_read != entry.rows_accepted + entry.rows_rejected + entry.rows_dropped:
        yield f"{entry.rows_read} rows read are not accepted + rejected + dropped"
    if entry.reasons.keys() - known:
        yield f"reasons outside the catalogue: {sorted(entry.reasons.keys() - known)}"
    if entry.status in {"rejected", "quarantined_rows"} and not (entry.reasons and entry.messages):
        yield "no reason or no message"
    if entry.status == "rejected" and entry.totals:
        yield f"a refused file has totals {entry.totals}"


def _of_refusal(expected: Expected, outcome: Outcome) -> Iterator[str]:
    entry = outcome.reports[0]
    code = ", ".join(entry.reasons)
    if not expected.refusal:
        yield f"refused ({code}): {entry.messages[0]}"
    elif expected.codes and code not in expected.codes:
        yield f"refused for {code}, not for one of {sorted(expected.codes)}"


def _of_load(expected: Expected, outcome: Outcome) -> Iterator[str]:
    totals = _totals(outcome)
    told = "; ".join(line for entry in outcome.reports for line in entry.messages)
    doubts = any(entry.status != "loaded" for entry in outcome.reports)
    accepted = sum(entry.rows_accepted for entry in outcome.reports)
    rejected = sum(entry.rows_rejected for entry in outcome.reports)
    loud = f"{'flagged' if doubts else 'SILENT'}: {told[:300]}"
    if expected.refusal and rejected and not totals:
        return
    if not expected.totals:
        yield f"loaded {_shown(totals)} where a refusal is right ({loud})"
    if expected.totals and totals not in expected.totals:
        wanted = " or ".join(_shown(each) for each in expected.totals)
        yield f"total {_shown(totals)}, right is {wanted} ({loud})"
    if expected.accepted is not None and accepted != expected.accepted:
        yield f"{accepted} rows accepted, right are {expected.accepted} ({loud})"
    if expected.rejected is not None and rejected != expected.rejected:
        yield f"{rejected} rows rejected, right are {expected.rejected} ({loud})"
    if expected.status == "flagged" and not doubts:
        yield "loaded without a word of doubt"
    if expected.status == "clean" and doubts:
        yield f"doubted without need: {told[:300]}"
    for column, values in expected.columns:
        seen = lake_column(outcome, column)
        if seen != values:
            yield f"{column} is {seen}, right is {values}"
    yield from _of_lake(outcome, totals)


def _totals(outcome: Outcome) -> dict[str, Decimal]:
    sums: Counter[str] = Counter()
    for entry in outcome.reports:
        for currency, amount in entry.totals.items():
            sums[currency] += Decimal(amount)  # type: ignore[assignment]
    return dict(sums)  # type: ignore[arg-type]


def _of_lake(outcome: Outcome, totals: dict[str, Decimal]) -> Iterator[str]:
    """Yield whether the lake holds another sum than the report states."""
    sums: Counter[str] = Counter()
    currencies = lake_column(outcome, "currency_code")
    for currency, amount in zip(currencies, lake_column(outcome, "amount_original"), strict=True):
        sums[currency] += Decimal(amount)  # type: ignore[assignment]
    if dict(sums) != totals:
        yield f"the lake holds {dict(sums)}, the report says {totals}"


def _shown(totals: object) -> str:
    if not totals:
        return "nothing"
    return ", ".join(f"{key} {value}" for key, value in dict(totals).items())  # type: ignore[call-overload]
