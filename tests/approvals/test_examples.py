"""The example exports through the command line: every printed figure comes out, and is traced."""

import json
from decimal import Decimal

import pytest

from approvals.trace import trace
from approvals.trace.model import Step
from tests.approvals.conftest import Published
from tests.approvals.night import EXAMPLES, call_approvals

LEVELS = ["contributions", "versions", "records", "cells"]
TARGET = "H16"
"""The figure that a reference table sets: it stands on no record."""


def test_run_publishes_the_examples_and_every_printed_figure_comes_out(
    examples_published: Published,
) -> None:
    home, said = examples_published.settings.home, examples_published.said

    figures = json.loads(call_approvals(home, EXAMPLES, "figures", "--json").stdout)

    assert said["load"]["statuses"]["rejected"] == 0
    printed = [figure for figure in figures if figure["figure_id"].startswith("H")]
    assert {figure["figure_id"]: figure["status"] for figure in printed} == {
        f"H{number:02d}": "pass" for number in range(1, 29)
    }


@pytest.mark.parametrize("figure_id", [f"H{number:02d}" for number in range(1, 29)])
def test_every_printed_figure_is_traced_and_every_level_adds_up_to_it(
    examples_published: Published, figure_id: str
) -> None:
    found = trace(examples_published.settings, figure_id, {}).root

    steps = _steps(found)
    assert found.recomputed == found.value is not None
    assert [step.key for step in steps if not (step.agrees and step.recomputed == step.value)] == []
    for step in steps:
        if step.sum and step.sum.cells:
            amounts = [Decimal(item["contributed_usd"]) for item in step.sum.items]
            assert step.value == str(sum(amounts))
            assert [level.name for level in step.sum.levels] == LEVELS
            assert {level.value for level in step.sum.levels} == {step.value}
            assert len(amounts) == step.sum.item_count > 0
        elif step.sum:  # provisions that hold; what a forecast adds where nothing was approved
            assert step.value in ("true", "0.00")
            assert [(one.value, one.agrees) for one in step.sum.levels] == [(step.value, True)]
    assert figure_id == TARGET or any(step.sum for step in steps)


def _steps(step: Step) -> list[Step]:
    return [step, *(below for operand in step.operands for below in _steps(operand))]
