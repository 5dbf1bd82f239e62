"""The only reader of the environment: every setting of the warehouse, typed, with its default.

Settings come from variables that start with `APPROVALS_` (the README lists them) and from a
`.env` file in the working folder. Stages receive a `Settings` and never look elsewhere.
"""

import re
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from approvals.errors import ConfigurationError
from approvals.refused_values import sentence

PROJECT_ROOT = Path(__file__).resolve().parents[1]
"""The checkout: where `extract/`, `dbt_project/` and the example exports lie."""
MEMORY_PATTERN: Final = re.compile(r"(?!0+(\.0*)?\s*[KMGT])\d+(\.\d+)?\s*[KMGT]i?B", re.IGNORECASE)
"""What DuckDB takes as a memory limit, less what it takes and nobody means (`2 b`, `none`)."""


class Settings(BaseSettings):
    """All settings of one process; `Settings()` reads the environment once."""

    model_config = SettingsConfigDict(
        env_prefix="APPROVALS_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    exports: str = Field(
        default=str(PROJECT_ROOT / "examples" / "exports"),
        description="The drop folder: a local path or any fsspec URL.",
    )
    home: Path = Field(
        default=PROJECT_ROOT / "var", description="Where lake, builds, releases and logs lie."
    )
    config: Path | None = Field(
        default=None, description="Another agency's configuration folder (docs/configuration.md)."
    )
    config_mode: Literal["overlay", "replace"] = Field(
        default="overlay",
        description="Lay the configuration folder over the example one, or put it in its place.",
    )
    rate_set: str | None = Field(
        default=None, description="The set of rates that the marts are in (docs/money.md)."
    )
    threads: int = Field(default=2, ge=1, description="Threads for DuckDB and dbt.")
    sign_off: bool = Field(
        default=False, description="Let a person sign a release whose audit has warnings."
    )
    full_refresh: bool = Field(
        default=False, description="Build every table anew, whatever was built before."
    )
    go_on_from_mb: int = Field(
        default=500,
        ge=0,
        description="Go on from the build before where its database has so many megabytes.",
    )
    memory_limit: str = Field(default="2GB", description="DuckDB's memory limit.")

    @field_validator("memory_limit")
    @classmethod
    def _is_an_amount_of_memory(cls, limit: str) -> str:
        if not MEMORY_PATTERN.fullmatch(limit.strip()):
            raise ValueError("use a number and a unit such as 512MB, 2GB or 1.5GiB")
        return limit.strip()

    @property
    def lake(self) -> Path:
        """The append-only lake (docs/lake.md)."""
        return self.home.resolve() / "lake"

    @property
    def feedback(self) -> Path:
        """What each office is answered to each file (docs/feedback.md)."""
        return self.home.resolve() / "feedback"

    @property
    def builds(self) -> Path:
        """One folder for each run: the candidate database, dbt's artefacts, the audit."""
        return self.home.resolve() / "build"

    @property
    def releases(self) -> Path:
        """One immutable folder for each release, and the link `current`."""
        return self.home.resolve() / "releases"

    @property
    def resolved_config(self) -> Path:
        """The effective configuration, example and agency folder laid together."""
        return self.home.resolve() / "config"


def read_settings(home: Path | None = None) -> Settings:
    """Return the settings of the environment, with the home that an option names.

    Raises:
        ConfigurationError: a variable has an impossible value.
    """
    try:
        settings = Settings()
        named = {"home": home} if home else {}
        return Settings.model_validate({**settings.model_dump(), **named})
    except ValidationError as error:
        issue = error.errors()[0]
        name = "APPROVALS_" + "_".join(str(part) for part in issue["loc"]).upper()
        raise ConfigurationError(f"{name}: {sentence(issue)}, not {issue['input']!r}") from error
