"""Whether a release may go out: with warnings, and sign-off on, only if a person has signed it."""

from typing import Any

from approvals.decisions import Entry, Journal
from approvals.decisions.sign_off import sign_off_of
from approvals.errors import SignOffMissingError, SignOffRefusedError
from approvals.settings import Settings

WITH_WARNINGS = "passed_with_warnings"


def failed_warnings(gates: dict[str, Any]) -> list[str]:
    """Return the rules that failed in gates which passed with warnings, one sentence each."""
    return [
        f"{result['rule_id']}: {result.get('description', '')}".strip()
        for gate in gates.values()
        if gate["outcome"] == WITH_WARNINGS
        for result in gate["results"]
        if not result["success"] and result.get("severity", "warning") == "warning"
    ]


def checked_sign_off(
    settings: Settings, run_id: str, gates: dict[str, Any]
) -> dict[str, Any] | None:
    """Return who signed a candidate, when and why, for the manifest; None if nobody had to.

    Raises:
        SignOffMissingError: it has warnings, sign-off is on, and nobody has signed it.
        SignOffRefusedError: a person has refused it.
        TrailBrokenError: the journal is broken.
    """
    taken = sign_off_of(Journal(settings.lake).entries(), run_id, gates["marts"]["database_sha256"])
    if taken is None:
        with_warnings = [name for name, gate in gates.items() if gate["outcome"] == WITH_WARNINGS]
        if settings.sign_off and with_warnings:
            raise SignOffMissingError(
                f"run {run_id} passed its audit with warnings and waits for a person, nothing was "
                f"published: read {settings.builds / run_id / 'quality' / 'report.html'}, then "
                f"approvals sign-off {run_id} --by NAME --reason TEXT (or --reject)"
            )
        return None
    if taken.action == "reject":
        raise SignOffRefusedError(
            f"{taken.person} has refused run {run_id}: {taken.reason}. Nothing was published; "
            "start a new run"
        )
    return as_manifest(taken)


def as_manifest(entry: Entry) -> dict[str, Any]:
    """Return a sign-off as a release's manifest names it."""
    return {
        "decision_id": entry.entry_hash,
        "decided_by": entry.person,
        "decided_at": entry.recorded_at,
        "reason": entry.reason,
    }
