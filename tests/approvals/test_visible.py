"""Text from files, shown: nothing in it acts on a terminal or turns the page around."""

import pytest

from approvals.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("\x1b[31mred", "␛[31mred", id="escape-sequence"),
        pytest.param("a\x00b\x07", "a␀b␇", id="controls"),
        pytest.param("abc\u202egpj.exe", "abc\ufffdgpj.exe", id="turned-writing"),
        pytest.param("a\x9bb", "a\ufffdb", id="eight-bit-control"),
        pytest.param("two\nlines\tand a tab", "two\nlines\tand a tab", id="white-space"),
        pytest.param("العربية é 漢", "العربية é 漢", id="any-script"),
        pytest.param("x" * 301, "x" * 300 + "…", id="long"),
    ],
)
def test_text_is_shown_without_acting(text: str, shown: str) -> None:
    assert visible(text) == shown
