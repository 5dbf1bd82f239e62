"""What every page for people shares: templates that escape everything, and styles named by hash.

A page is one self-contained file under a content security policy that allows nothing but its own
style: it shows what offices sent, and is read by people who did not make it.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


@cache
def page_environment(templates: Path) -> Environment:
    """Return the templates of a folder; every value is escaped, a missing one is an error.

    One environment for each folder: a caller may add filters of its own.
    """
    return Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def style_source(style: str) -> str:
    """Return the style's hash in the form that a content security policy takes."""
    digest = hashlib.sha256(style.encode("utf-8")).digest()
    return "sha256-" + base64.b64encode(digest).decode("ascii")
