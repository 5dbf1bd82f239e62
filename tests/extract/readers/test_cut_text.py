"""Text files cut off inside their last cell: noticed where there is a sign of it.

Not here: a last record that lacks cells, which waits in quarantine (test_row_warnings.py).
"""

from pathlib import Path

import pytest

from extract.readers import reader_for

RECORDS = (
    "Title,Donor,Amount,Remarks\n"
    "Wells,Norway,1000.00,first\nRoads,Spain,250.50,second one\nSchools,Chile,70.25,third\n"
)
LAST_AMOUNT = "Title,Donor,Remarks,Amount\na,b,c,1000.00\nd,e,f,250.50\ng,h,i,70.25\n"


def warnings(folder: Path, text: str, encoding: str = "utf-8") -> str:
    """Return the warnings on a file of this text."""
    path = folder / "export.csv"
    path.write_bytes(text.encode(encoding))
    [table] = reader_for(path).read(path, None)
    return " | ".join(table.warnings)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    ("text", "sign"),
    [
        pytest.param(RECORDS + 'Clinics,Peru,5.00,"a rema', "an open quote", id="open-quote"),
        pytest.param(LAST_AMOUNT + "j,k,l,40", "a last cell shorter", id="no-cents"),
        pytest.param(LAST_AMOUNT + "j,k,l,40.5", "a last cell shorter", id="half-of-the-cents"),
        pytest.param(
            "Donor,Amount,Approval date\na,1,2006-01-02\nb,2,2006-01-03\nc,3,2006-01-04\n"
            "d,4,2006-0",
            "a last cell shorter",
            id="date",
        ),
    ],
)
def test_file_that_ends_inside_its_last_cell_is_warned_about(
    tmp_path: Path, text: str, sign: str, encoding: str
) -> None:
    assert f"ends without a line end and with {sign}" in warnings(tmp_path, text, encoding)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(LAST_AMOUNT + "j,k,l,40\n", id="line-end"),
        pytest.param(LAST_AMOUNT + "j,k,l,40.00", id="whole-amount"),
        pytest.param(LAST_AMOUNT + "m,n,o,7\nj,k,l,40", id="amounts-of-both-kinds"),
        pytest.param(RECORDS + "Clinics,Peru,5.00,x", id="words"),
        pytest.param(RECORDS + 'Clinics,Peru,5.00,"x"', id="closed-quote"),
        pytest.param("a,b,c\n1,2,3.00\n4,5,6", id="too-few-to-tell"),
    ],
)
def test_file_without_a_sign_of_a_cut_is_left_in_peace(tmp_path: Path, text: str) -> None:
    assert "cut off" not in warnings(tmp_path, text)
