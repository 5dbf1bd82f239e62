"""A release with warnings goes out only with a name under it, where sign-off is on.

The candidate is written by hand; how a person answers in Airflow is tested in tests/dags.
"""

from pathlib import Path
from typing import Literal

import pytest

import publish
from approvals import pipeline
from approvals.configuration import resolve_configuration
from approvals.decisions import Entry, Journal
from approvals.errors import (
    ConfigurationError,
    DecisionRefusedError,
    RunNotFoundError,
    SignOffMissingError,
)
from approvals.runs import remember_token
from approvals.settings import Settings
from tests.publish.candidate import write_candidate

WARNED = "passed_with_warnings"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, threads=1, sign_off=True)


def opened(settings: Settings, run_id: str, marts: str = WARNED, value: int = 1) -> str:
    sha256 = resolve_configuration(settings).sha256
    write_candidate(settings, run_id, marts=marts, value=value, config_sha256=sha256)
    remember_token(settings, run_id, publish.draw_token(settings))
    return run_id


def current(settings: Settings) -> str | None:
    release = publish.current_release(settings)
    return release.release_id if release else None


def test_a_release_with_warnings_waits_for_a_name_and_then_carries_it(settings: Settings) -> None:
    run = opened(settings, "run-1")
    assert "DQ-002" in str(pipeline.sign_off_question(settings, run))
    with pytest.raises(SignOffMissingError, match="approvals sign-off run-1 --by NAME"):
        pipeline.publish_signed(settings, run)
    assert current(settings) is None

    decision = pipeline.sign_off(settings, run, "approve", "Ana Silva", "a known late office")
    release_id = pipeline.publish_signed(settings, run)

    signed = publish.find_release(settings, release_id).manifest["sign_off"]
    assert {k: signed[k] for k in ("decision_id", "decided_by", "reason")} == {
        "decision_id": decision,
        "decided_by": "Ana Silva",
        "reason": "a known late office",
    }
    assert pipeline.sign_off_question(settings, run) is None


def test_a_refused_release_is_not_published_and_the_one_before_stands(settings: Settings) -> None:
    pipeline.publish_signed(settings, opened(settings, "run-1", marts="passed"))
    run = opened(settings, "run-2", value=7)
    pipeline.sign_off(settings, run, "reject", "Ana", "the rates are wrong")

    with pytest.raises(SignOffMissingError, match="Ana has refused run run-2: the rates are wrong"):
        pipeline.publish_signed(settings, run)
    with pytest.raises(DecisionRefusedError, match="decided by Ana"):
        pipeline.sign_off(settings, run, "approve", "Ben", "they are right")

    assert current(settings) == "run-1"


def test_a_retried_answer_is_recorded_once(settings: Settings) -> None:
    run = opened(settings, "run-1")

    hashes = {pipeline.sign_off(settings, run, "approve", by, "fine") for by in ("Ana", "ana ")}

    assert len(hashes) == len(Journal(settings.lake).entries()) == 1


def test_a_sign_off_holds_for_one_candidate_only(settings: Settings) -> None:
    run = opened(settings, "run-1")
    pipeline.sign_off(settings, run, "approve", "Ana", "fine")
    (settings.builds / run / "approvals.duckdb").unlink()
    for name in ("report.html", "results.json"):
        (settings.builds / run / "quality" / name).unlink()
    (settings.builds / run / "quality").rmdir()
    (settings.builds / run / "token").unlink()
    (settings.builds / run).rmdir()
    opened(settings, "run-1", value=2)

    with pytest.raises(SignOffMissingError, match="waits for a person"):
        pipeline.publish_signed(settings, run)


@pytest.mark.parametrize(("sign_off", "marts"), [(False, WARNED), (True, "passed")])
def test_nobody_signs_where_sign_off_is_off_or_nothing_was_found(
    tmp_path: Path, sign_off: bool, marts: str
) -> None:
    settings = Settings(home=tmp_path, threads=1, sign_off=sign_off)
    run = opened(settings, "run-1", marts=marts)

    assert pipeline.sign_off_question(settings, run) is None
    release = publish.find_release(settings, pipeline.publish_signed(settings, run))
    assert release.manifest["sign_off"] is None


def test_names_and_runs_are_checked(settings: Settings) -> None:
    run = opened(settings, "run-1")
    with pytest.raises(ConfigurationError, match="--by"):
        pipeline.sign_off(settings, run, "approve", " ", "fine")
    with pytest.raises(RunNotFoundError):
        pipeline.publish_signed(settings, "run-9")


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_nobody_signs_what_is_published(
    tmp_path: Path, action: Literal["approve", "reject"]
) -> None:
    unsigned = Settings(home=tmp_path, threads=1, sign_off=False)
    run = opened(unsigned, "run-1")
    pipeline.publish_signed(unsigned, run)

    with pytest.raises(DecisionRefusedError, match=r"published already.*rollback"):
        pipeline.sign_off(unsigned, run, action, "Ana", "fine")

    assert Journal(unsigned.lake).entries() == []


def test_a_decision_on_a_record_makes_a_release_due_and_a_sign_off_does_not(
    settings: Settings,
) -> None:
    run = opened(settings, "run-1")
    pipeline.sign_off(settings, run, "approve", "Ana", "fine")
    pipeline.publish_signed(settings, run)
    manifest = publish.find_release(settings, run).manifest
    (settings.lake / "files").mkdir(parents=True)
    for entry in manifest["inputs"]:
        (settings.lake / "files" / f"{entry['file_sha256']}.json").touch()
    assert not pipeline.is_release_due(settings)
    journal = Journal(settings.lake)
    proposal = Entry("propose", "quarantine", "q", "Ana", "x", "release")
    proposed = journal.append(lambda _: proposal)
    assert not pipeline.is_release_due(settings)  # a proposal changes no mart

    approval = Entry(
        "approve",
        "quarantine",
        "q",
        "Ben",
        "x",
        "release",
        proposal_hash=proposed.entry_hash,
        expires_at="2026-01-01T00:00:00+00:00",
    )
    journal.append(lambda _: approval)

    assert pipeline.is_release_due(settings)
    pipeline.open_run(settings)
    assert [entry.action for entry in journal.entries()][-1] == "expire"
