"""The dialect is told from a few lines.

Not tested here: the records that come of it (`test_round_trip.py`, `test_corpus.py`).
"""

import pytest

from extract.readers.dialect import find_dialect

SAMPLES = [
    ("decimal-commas", "a;b;c\n1,5;2,7;3\n2,5;7,25;4\n", ";"),
    ("quoted-decimal-commas", 'a,b,c\n"1,5","2,7",3\n"2,5","7,25",4\n', ","),
    ("commas-between-tabs", "name\tamount\nSmith, J\t1,000\nDoe, A\t2,000\n", "\t"),
    ("pipes", "a|b|c\n1|x, y|3\n2|z; w|4\n", "|"),
    ("two-pipes", "a||b||c\n1||x y||3\n2||z w||4\n", "||"),
    ("two-tabs", "a\t\tb\t\tc\n1\t\t2\t\t3\n4\t\t5\t\t6\n", "\t\t"),
    ("carets", "a^b^c\n1^x, y^3\n2^z w^4\n", "^"),
    ("tildes", "a~b~c\n1~x y~3\n2~z w~4\n", "~"),
    ("colons", "root:x:0:0\nbin:x:1:1\nmail:x:8:12\n", ":"),
    ("spaces", "1 2 3\n4 5 6\n7 8 9\n", " "),
    ("one-column", "name\nAnna\nBob\nCarl\n", ""),
    ("one-column-of-decimal-commas", "amount\n1,5\n2,7\n3,9\n", ""),
    ("one-column-of-prose", "note\nHello, world\nNothing here\nYes, and no, but\nfine\n", ""),
    ("one-column-of-times", "time\n12:30:45\n12:30:46\n", ""),
    ("one-moment", "2011-09-15 15:22:00\n", ""),
    ("cells-of-many-lines", 'note,state\n"' + "and so on\n" * 9 + '",ok\n"b\nc",open\n', ","),
    ("prose", "2020-01-01 a message here\n2020-01-02 another message over here\n", ""),
    ("times-between-commas", "ts,v\n2020-01-01 12:30:00,5\n2020-01-02 12:31:00,6\n", ","),
    ("title-above", "Report of 2006\nOffice: Jordan, Amman\n\nc;t;a\nA;x, y;1,5\nB;z;2,5\n", ";"),
    ("names-with-apostrophes", "name,city\nO'Neil,D'Arcy\nO'Brien,St John's\n", ","),
    ("semicolons-in-quotes", 'a,b,c\n1,"x;y;z",3\n2,"p;q;r",4\n', ","),
    ("one-line", "a;b;c\n", ";"),
    ("semicolons-in-apostrophes", "'a','b'\n'0',';0;'\n'1',';0;'\n", ","),
    ("hint", "sep=;\na;b\n1;2\n", ";"),
]


@pytest.mark.parametrize(
    ("sample", "delimiter"), [pytest.param(*case[1:], id=case[0]) for case in SAMPLES]
)
def test_delimiter_is_told_from_a_few_lines(sample: str, delimiter: str) -> None:
    assert find_dialect(sample).delimiter == delimiter


QUOTES = [
    ("double", 'a,b\n"x, y",1\n"z, w",2\n', '"', ""),
    ("single", "'a','b'\n'x, y','2'\n'O''Neil','3'\n", "'", ""),
    ("apostrophes-quote-nothing", "name,n\nO'Neil,1\n't Hooft,2\n", '"', ""),
    ("backslash", 'a,b\n"x \\"y\\", z",1\n"w \\"v\\" u",2\n', '"', "\\"),
    ("backslash-before-doubled", "'a','b'\n'1','2'\n'3','\\'''\n", "'", ""),
    ("backslash-before-doubled-inside", "'a','b'\n'1','2'\n'3','\\''0'\n", "'", ""),
    ("backslash-in-a-cell-of-delimiters", '"a"|"b"\n"0"|"1"\n"1"|"\\""|"\n', '"', ""),
    ("backslash-before-last", 'a,b\n"x \\"y\\"",1\n"w \\"v\\"",2\n', '"', "\\"),
    ("doubled", 'a,b\n"x ""y"", z",1\n"w ""v"" u",2\n', '"', ""),
]


@pytest.mark.parametrize(
    ("sample", "quote", "escape"), [pytest.param(*case[1:], id=case[0]) for case in QUOTES]
)
def test_quote_and_escape_are_told_from_a_few_lines(sample: str, quote: str, escape: str) -> None:
    dialect = find_dialect(sample)

    assert (dialect.quote, dialect.escape) == (quote, escape)


def test_space_behind_each_delimiter_belongs_to_it() -> None:
    assert find_dialect('a, b, c\n1, 2, "x, y"\n').spaced
    assert not find_dialect("a,b,c\n1, 2,x\n").spaced
