"""A trace as it is shown: the tree, the JSON, the page; nothing in a cell acts on a reader."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from approvals.settings import Settings
from approvals.trace import render_page, trace
from approvals.trace.formulas import evaluate
from tests.command import run_approvals


def test_the_tree_says_what_agrees_and_how_much_is_not_shown(settings: Settings) -> None:
    done = run_approvals(settings.home, "trace", "H01")

    assert done.returncode == 0
    assert "✓ H01 approvals 2006 all" in done.stdout
    assert "more approvals: --all shows them" in done.stdout
    assert "left out, duplicate" in done.stdout
    assert "every level agrees with the one above it" in done.stdout
    assert "✗" not in done.stdout


def test_the_json_is_complete_where_all_is_asked_for(settings: Settings) -> None:
    done = run_approvals(settings.home, "trace", "H05", "--json", "--all")

    found = json.loads(done.stdout)
    shares = found["root"]["operands"][0]
    local = shares["operands"][0]["sum"]
    assert (found["agrees"], shares["operation"]) == (True, "percentage")
    assert local["item_count"] == len(local["items"])
    assert {"contributions", "versions", "records", "cells"} == {
        level["name"] for level in local["levels"]
    }
    cut = json.loads(run_approvals(settings.home, "trace", "H05", "--json").stdout)
    below = cut["root"]["operands"][0]["operands"][0]["sum"]
    assert below["items"] == local["items"][:200]
    assert below["item_count"] == local["item_count"] > 200


@pytest.mark.parametrize("options", [("--json", "--limit", "3"), ("--json", "--limit", "0")])
def test_a_limit_leaves_approvals_out_and_none_of_their_sum(
    settings: Settings, options: tuple[str, ...]
) -> None:
    whole = json.loads(run_approvals(settings.home, "trace", "H01", "--json", "--all").stdout)
    done = run_approvals(settings.home, "trace", "H01", *options)

    found = json.loads(done.stdout)
    below, whole_below = found["root"]["operands"][0]["sum"], whole["root"]["operands"][0]["sum"]
    assert len(below["items"]) == int(options[-1])
    assert below["items"] == whole_below["items"][: len(below["items"])]
    assert (below["levels"], below["item_count"]) == (
        whole_below["levels"],
        len(whole_below["items"]),
    )


def test_the_page_is_written_and_carries_the_release(settings: Settings, tmp_path: Path) -> None:
    done = run_approvals(settings.home, "trace", "H05", "--html", str(tmp_path / "h05.html"))

    page = (tmp_path / "h05.html").read_text(encoding="utf-8")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Every level agrees" in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert str(trace(settings, "H05", {}, limit=0).content_sha256) in page


@pytest.mark.parametrize("figure_id", ["M1", "M2"])
def test_a_figure_over_years_is_shown_with_its_rows(
    settings: Settings, figure_id: str, tmp_path: Path
) -> None:
    done = run_approvals(settings.home, "trace", figure_id)
    page = run_approvals(settings.home, "trace", figure_id, "--html", str(tmp_path / "page.html"))

    assert (done.returncode, page.returncode) == (0, 0)
    assert "amount_usd: all rows, added up" in done.stdout
    assert "all rows, added up" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_nothing_in_a_cell_acts_on_the_reader_of_the_page(
    settings: Settings, altered: Callable[[str], str]
) -> None:
    release = altered(
        "update marts.lineage_records set raw_cells = "
        'regexp_replace(raw_cells, \'"[^"]*"\', \'"<script>alert(1)</script>"\')'
    )

    page = render_page(trace(settings, "rpt_approvals_by_year", {"year": "2006"}, None, release, 3))

    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page


def test_a_year_without_others_is_compared_with_nothing() -> None:
    assert evaluate("exceeds", [[None], []]) is False
    assert evaluate("rank", [[None], [None]]) is None
