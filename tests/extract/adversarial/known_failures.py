"""Cases that the reader does not get right yet: the list to work off, with a diagnosis each.

A case that is right by now must leave the list: test_adversarial.py fails until it does.
"""

KNOWN_FAILURES: dict[str, str] = {
}
