"""A trace as a page to keep: self-contained, everything in it escaped, nothing loaded."""

from pathlib import Path

from markupsafe import Markup

from approvals.pages import page_environment, style_source
from approvals.trace import words
from approvals.trace.model import Trace
from approvals.visible import visible

TEMPLATES = Path(__file__).parent / "templates"


def render_page(trace: Trace) -> str:
    """Return one page with every approval, cell and exclusion that the trace holds."""
    environment = page_environment(TEMPLATES)
    style = (TEMPLATES / "trace.css").read_text(encoding="utf-8")
    return environment.get_template("trace.html.j2").render(
        trace=trace,
        words=words,
        visible=visible,
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=style_source(style),
    )
