"""How a spreadsheet names its columns."""


def column_letters(position: int) -> str:
    """Return the letters over a column: 0 is A, 26 is AA."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
