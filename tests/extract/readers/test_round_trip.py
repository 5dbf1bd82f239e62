"""Any table, written in any dialect and encoding, comes back equal.

Not tested here: tables whose dialect nobody could tell (a single cell, unquoted prose cut by
spaces) and damaged files (`test_pollutions.py`).
"""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.readers import csv_records, reader_for

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")),
    min_size=1,
    max_size=12,
).filter(lambda text: text == text.strip() and "\ufeff" not in text)
PLAIN = st.text("abcdefghij klmnopq,;|'\"\n\t\\", max_size=20).filter(lambda t: "\\" not in t)
CELLS = st.one_of(WORDS, PLAIN)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Draw a table as exports are: a header, numbers, dates, and texts of any kind."""
    texts = draw(st.integers(1, 3))
    rows = [["id", "amount", "day", *(f"text {number}" for number in range(texts))]]
    for number in range(draw(st.integers(2, 12))):
        amount = f"{draw(st.integers(0, 10**6))}.{draw(st.integers(0, 99)):02d}"
        rows.append(
            [str(number), amount, f"2006-03-{number + 1:02d}", *(draw(CELLS) for _ in range(texts))]
        )
    return rows


def written(rows: list[list[str]], delimiter: str, quote: str, eol: str) -> str:
    target = io.StringIO(newline="")
    writer = csv.writer(
        target,
        delimiter=delimiter,
        quotechar=quote,
        lineterminator=eol,
        quoting=csv.QUOTE_NONNUMERIC,
    )
    writer.writerows(rows)
    return target.getvalue()


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=tables(),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    quote=st.sampled_from(['"', "'"]),
    eol=st.sampled_from(["\r\n", "\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]),
)
def test_table_comes_back_equal_from_any_dialect(
    tmp_path: Path, rows: list[list[str]], delimiter: str, quote: str, eol: str, encoding: str
) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(written(rows, delimiter, quote, eol).encode(encoding))

    (raw,) = reader_for(path).read(path, None)

    assert raw.rows() == rows


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=tables(), delimiter=st.sampled_from([",", ";", "\t"]), eol=st.sampled_from(["\r\n", "\n"])
)
def test_duckdb_and_the_cutter_read_the_same_records(
    tmp_path: Path, rows: list[list[str]], delimiter: str, eol: str
) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(("Title of the report" + eol + written(rows, delimiter, '"', eol)).encode())
    (cut,) = reader_for(path).read(path, None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_records, "WORTHWHILE", 0)
        (left,) = reader_for(path).read(path, None)

    assert left.rows() == cut.rows()
    assert left.sample(3) == cut.sample(3)
