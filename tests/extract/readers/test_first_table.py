"""The first table is found among titles, notes, blank records and other tables.

Not tested here: how records are cut; the layouts that the warehouse itself reads (`layout`).
"""

import csv

import pytest

from extract.readers.first_table import first_table

DATA = "A,2016-01-01,5\nB,2016-01-02,6\n"
HEADER = "Name,Date,Amount\n"
CLEAN = HEADER + DATA
LAYOUTS = [
    ("plain", CLEAN, CLEAN),
    ("no-header", DATA, DATA),
    ("delimited-title", f"Spend of 2016,,\n,,\n{CLEAN}", CLEAN),
    ("bare-title", f"Spend of 2016\n\n{CLEAN}", CLEAN),
    ("keys-and-values-above", f"Operator,Jane\nOffice,Amman\n\n{CLEAN}", CLEAN),
    ("comments-above", f"# made by a tool\n# version 2\n{CLEAN}", CLEAN),
    ("blank-records-below", CLEAN + ",,\n" * 30, CLEAN),
    ("notes-below", f"{CLEAN}\nNotes:\n1. Net amounts\n2. See the website, page 5\n", CLEAN),
    ("total-below", f"{CLEAN}Total,,11\n", f"{CLEAN}Total,,11\n"),
    ("nothing-to-report", f"{HEADER}Nil return,,\n", f"{HEADER}Nil return,,\n"),
    ("header-again", CLEAN + CLEAN, CLEAN),
    ("another-table-below", f"{CLEAN}\nMonth,Rate\n2016-01,7\n2016-02,8\n2016-03,9\n", CLEAN),
    (
        "units-below-header",
        f"{HEADER},(y-m-d),(US$)\n{DATA}",
        f"Name,Date (y-m-d),Amount (US$)\n{DATA}",
    ),
    ("header-twice", HEADER + CLEAN, f"Name Name,Date Date,Amount Amount\n{DATA}"),
    (
        "groups-above-header",
        ",2015,,2016\nR,M,W,M\nN,1,2,3\nS,4,5,6\n",
        "R,2015 M,W,2016 M\nN,1,2,3\nS,4,5,6\n",
    ),
    ("years-as-header", "Land,2001,2002\nA,1,2\nB,4,5\n", "Land,2001,2002\nA,1,2\nB,4,5\n"),
    ("short-rows", f"{HEADER}A\n{DATA}", f"{HEADER}A\n{DATA}"),
    (
        "text-below-first-record",
        f"{HEADER}A,2016-01-01,5\nx\n{DATA}",
        f"{HEADER}A,2016-01-01,5\nx\n{DATA}",
    ),
    (
        "last-rows-of-names-alone",
        "Land,2001,2002\nNorway,1,2\nSweden,3,4\nChad,5,6\nZimbabwe,,\nMali,,\n",
        "Land,2001,2002\nNorway,1,2\nSweden,3,4\nChad,5,6\nZimbabwe,,\nMali,,\n",
    ),
    (
        "last-row-of-a-code-alone",
        "id,a,b\nP-1,3,x\nP-2,4,y\nP-3,5,z\nP-4,,\n",
        "id,a,b\nP-1,3,x\nP-2,4,y\nP-3,5,z\nP-4,,\n",
    ),
    (
        "note-as-wide-as-the-table",
        "Land,2001,2002\nNorway,1,2\nSweden,3,4\nChad,5,6\nSource: the office,,\n",
        "Land,2001,2002\nNorway,1,2\nSweden,3,4\nChad,5,6\n",
    ),
    (
        "one-word-that-is-a-note",
        "Land,2001,2002\nNorway,1,2\nSweden,3,4\nChad,5,6\nNotes,,\n",
        "Land,2001,2002\nNorway,1,2\nSweden,3,4\nChad,5,6\n",
    ),
    (
        "one-word-without-delimiters",
        "Land,2001,2002\nNorway,1,2\nSweden,3,4\nChad,5,6\nDraft\n",
        "Land,2001,2002\nNorway,1,2\nSweden,3,4\nChad,5,6\n",
    ),
    ("sparse", "id,a,b\n1,,\n2,,x\n3,,\n", "id,a,b\n1,,\n2,,x\n3,,\n"),
    ("nothing", "", ""),
]


@pytest.mark.parametrize(
    ("layout", "table"), [pytest.param(*case[1:], id=case[0]) for case in LAYOUTS]
)
def test_first_table_is_found(layout: str, table: str) -> None:
    assert first_table(list(csv.reader(layout.splitlines()))) == list(
        csv.reader(table.splitlines())
    )
