"""Whether a page arrived whole: the parser closes whatever a cut left open, without a word."""

import re

from extract.errors import RefusedFileError

NOT_MARKUP = re.compile(r"<!--.*?-->|<script\b.*?</script\s*>", re.IGNORECASE | re.DOTALL)
TABLE_BEGINS = re.compile(r"<table\b", re.IGNORECASE)
TABLE_ENDS = re.compile(r"</table\s*>", re.IGNORECASE)
PAGE_BEGINS = re.compile(r"<html\b", re.IGNORECASE)
PAGE_ENDS = re.compile(r"</(html|body)\s*>", re.IGNORECASE)


def cut_warning(text: str) -> str | None:
    """Return a warning if a page whose tables are whole has no end, or None.

    Raises:
        RefusedFileError: the page ends inside a table, so its last amount may be half of one.
    """
    markup = NOT_MARKUP.sub("", text)
    if PAGE_ENDS.search(markup):
        return None  # who writes this has written all before it, however careless
    if len(TABLE_BEGINS.findall(markup)) > len(TABLE_ENDS.findall(markup)):
        raise RefusedFileError(
            "html_damaged",
            "the page ends inside a table: rows are missing and the last amount may be cut; "
            "export it again, as CSV if you can",
        )
    if PAGE_BEGINS.search(markup):
        return "the page has no end (</html>): tables behind the last one may be missing"
    return None
