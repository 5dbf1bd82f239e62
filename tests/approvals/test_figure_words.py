"""The words of the register of published figures: what is understood and what is refused.

Not here: what a figure comes to (tests/dbt_project).
"""

import os
import re
from pathlib import Path

import pandas as pd
import pytest

from approvals.configuration import resolve_configuration
from approvals.errors import ConfigurationError
from approvals.figure_words import MEASURES
from approvals.settings import PROJECT_ROOT, Settings

COLUMNS = "figure_id,measure,period,dimension,member,operator,expected_value,unit"
MODELS = PROJECT_ROOT / "dbt_project" / "models" / "intermediate"


def _resolved(folder: Path, register: str) -> pd.DataFrame:
    path = folder / "config" / "seeds" / "published_figures.csv"
    path.parent.mkdir(parents=True)
    path.write_text(register, encoding="utf-8")
    settings = Settings(home=folder / "home", config=folder / "config")
    return resolve_configuration(settings).table("seeds/published_figures.csv")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param(
            "X,approval,2006,total,all,=,1,USD million",
            "measure 'approval' is not known; .*approvals average",
            id="measure",
        ),
        pytest.param(
            "X,approvals share,2006,total,all,=,1,percent",
            "dimension 'total' is not known; .*donor group.*region",
            id="dimension-of-another-measure",
        ),
        pytest.param(
            "X,approvals,2006,total,all,>=,1,USD million",
            "operator '>=' is not known; .*~=",
            id="operator",
        ),
        pytest.param(
            "X,approvals,2006,total,all,=,1,EUR million",
            "unit 'EUR million' is not known; .*USD million",
            id="unit-of-another-currency",
        ),
        pytest.param(
            "X,approvals,FY 2006,total,all,=,1,USD million",
            "period 'FY 2006' cannot be read; .*2005-2006",
            id="period",
        ),
        pytest.param(",approvals,2006,total,all,=,1,USD", "figure_id '' cannot be read", id="id"),
        pytest.param("X,,2006,total,all,=,1,USD", "measure '' cannot be read", id="no-measure"),
    ],
)
def test_register_refuses_a_word_that_nothing_understands(
    tmp_path: Path, row: str, said: str
) -> None:
    sound = "A,approvals,2006,total,all,=,1,USD million"

    with pytest.raises(ConfigurationError, match=rf"published_figures\.csv, row 3: {said}"):
        _resolved(tmp_path, f"{COLUMNS}\n{sound}\n{row}\n")


@pytest.mark.parametrize(
    ("column", "value"), [("as_of_date", "2007-13-01"), ("tolerance", "about one")]
)
def test_register_refuses_a_date_or_a_tolerance_that_is_none(
    tmp_path: Path, column: str, value: str
) -> None:
    row = f"X,approvals,2006,total,all,=,1,USD million,{value}"

    with pytest.raises(ConfigurationError, match=f"row 2: {column} '{value}' cannot be read"):
        _resolved(tmp_path, f"{COLUMNS},{column}\n{row}\n")


def test_register_of_an_agency_needs_only_what_every_figure_has(tmp_path: Path) -> None:
    found = _resolved(tmp_path, f"{COLUMNS}\nX,approvals,2006,total,all,=,1,USD thousand\n")

    (own,) = found.to_dict("records")
    assert own["unit"] == "USD thousand"
    assert own["as_of_date"] == own["tolerance"] == own["paper"] == ""


def test_every_measure_is_computed_by_a_model() -> None:
    models = " ".join(path.read_text() for path in MODELS.glob("int_figures_*.sql"))

    missing = [measure for measure in MEASURES if f"'{measure}'" not in models]

    assert missing == []


def test_page_lists_every_measure() -> None:
    page = (PROJECT_ROOT / "docs" / "published-figures.md").read_text(encoding="utf-8")

    listed = {
        name
        for row in re.findall(r"^\| (`.*?) \|", page, re.MULTILINE)
        for name in re.findall("`([^`]+)`", row)
    }

    assert listed >= set(MEASURES)


@pytest.mark.skipif("REAL_SAMPLES" not in os.environ, reason="REAL_SAMPLES names no folder")
def test_register_takes_the_figures_of_later_papers(tmp_path: Path) -> None:
    samples = Path(os.environ["REAL_SAMPLES"]) / "published_figures_all.csv"
    figures = pd.read_csv(samples, dtype=str, keep_default_na=False)
    renamed = figures.rename(columns={"id": "figure_id", "value": "expected_value"})

    found = _resolved(tmp_path, renamed.to_csv(index=False))

    assert set(found.figure_id) >= set(figures.id)
    assert len(figures) == 36
