"""Options that commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[
    Path | None, typer.Option("--home", help="State folder; default APPROVALS_HOME or var/.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]

By = Annotated[str, typer.Option("--by", help="Who decides.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, for whoever reads it in ten years.")]


class ClassificationOf(StrEnum):
    """Whose classification a figure is asked for in."""

    THEN = "then"
    TODAY = "today"


Classification = Annotated[
    ClassificationOf,
    typer.Option("--classification", help="That of the day of each approval, or that of today."),
]
