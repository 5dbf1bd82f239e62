"""Options that commands share, and the settings that they make."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from approvals.errors import ConfigurationError
from approvals.settings import Settings

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


def settings_of(home: Path | None) -> Settings:
    """Return the settings of the environment, with the home that an option names.

    Raises:
        ConfigurationError: a variable has an impossible value.
    """
    try:
        return Settings.model_validate(
            {**Settings().model_dump(), **({"home": home} if home else {})}
        )
    except ValidationError as error:
        issue = error.errors()[0]
        name = "APPROVALS_" + "_".join(str(part) for part in issue["loc"]).upper()
        raise ConfigurationError(f"{name}: {issue['msg']}, not {issue['input']!r}") from error
