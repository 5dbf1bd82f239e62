"""Text that was encoded as UTF-8 twice: "Ã©" where "é" was meant, undone where that is certain."""

import re

_RUNS = re.compile(r"[^\x00-\x7f]+")
_UNDEFINED = {byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_MEANT = re.compile(
    "^[\u00a0-\u00ff\u0100-\u017f\u0192\u0218-\u021b\u0370-\u03ff\u0400-\u04ff\u0590-\u06ff"
    "\u0e00-\u0e7f\u1e00-\u1eff\u2010-\u203a\u20a0-\u20bf\u2122\u4e00-\u9fff\ufeff]+$"
)
_TELLING = frozenset("ÃÂâÐÑØÙÄÅÎÏ")
ENOUGH = 2


def undone(text: str) -> str | None:
    """Return the text as it was meant, or None if some of its accents are not double-encoded."""
    parts, end = [], 0
    for match in _RUNS.finditer(text):
        meant = _meant(match.group())
        if meant is None:
            return None
        parts += [text[end : match.start()], meant]
        end = match.end()
    return "".join([*parts, text[end:]])


def is_double_encoded(text: str) -> bool:
    """Tell whether most lines with accents can only be meant as double-encoded UTF-8."""
    lines = [line for line in text.splitlines() if not line.isascii()]
    telling = [line for line in lines if undone(line) is not None]
    runs = sum(len(_RUNS.findall(line)) for line in telling)
    signs = any(character in _TELLING for line in telling for character in line)
    return runs >= ENOUGH and signs


def _meant(run: str) -> str | None:
    codes = bytearray()
    for character in run:
        try:
            codes += character.encode("cp1252")
        except UnicodeEncodeError:
            if ord(character) not in _UNDEFINED:
                return None
            codes.append(ord(character))
    try:
        meant = codes.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return meant if _MEANT.match(meant) else None
