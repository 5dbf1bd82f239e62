"""Lines and records by their numbers, as a warning names them."""


def named_lines(lines: list[int], what: str = "line") -> str:
    """Return "line 3" or "lines 3, 7, 9 and 12 more"."""
    if len(lines) == 1:
        return f"{what} {lines[0]}"
    shown = ", ".join(map(str, lines[:10]))
    more = f" and {len(lines) - 10} more" if len(lines) > 10 else ""
    return f"{what}s {shown}{more}"
