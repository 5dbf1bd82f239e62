"""Values that a merge covers: nobody sees them, so they are no part of an export.

Not here: what a merge over several records means for them (test_layout.py).
"""

from pathlib import Path

import xlsxwriter

from extract.readers.table import Merge
from tests.extract.readers.test_spreadsheet import read


def test_values_that_a_merge_covers_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 1, 1, "shown")
    sheet.write_row(1, 0, [7, "below", 8])
    book.close()

    [table] = read(path)

    assert table.sample(2) == [["shown"], ["", "", "8"]]
    assert (
        "values in cells that a merge covers were left out, 2 in number (A2, B2)"
        in (table.warnings[0])
    )


def test_values_that_a_merge_covers_are_left_out_of_xml_2003(tmp_path: Path) -> None:
    path = tmp_path / "merged.xls"
    path.write_text(
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>'
        '<Row><Cell ss:MergeDown="1"><Data ss:Type="String">shown</Data></Cell></Row>'
        '<Row><Cell ss:Index="1"><Data ss:Type="Number">7</Data></Cell>'
        '<Cell><Data ss:Type="Number">8</Data></Cell></Row></Table></Worksheet></Workbook>',
        encoding="utf-8",
    )

    [table] = read(path)

    assert table.sample(2) == [["shown"], ["", "8"]]
    assert table.merges == (Merge(1, 2, 0, 0),)
    assert (
        "values in cells that a merge covers were left out, 1 in number (A2)" in (table.warnings[0])
    )
