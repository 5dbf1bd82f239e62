"""What pydantic refuses, as people read it: sentences of our own without pydantic's words."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails


def sentence(issue: ErrorDetails) -> str:
    """Return why a value is refused, without the "Value error, " before what we say ourselves."""
    raised = issue.get("ctx", {}).get("error")
    return str(raised) if isinstance(raised, ValueError) else issue["msg"]


def sentences(error: ValidationError) -> str:
    """Return every refusal with the column that it speaks of; none where it is of a whole row."""
    return "; ".join(
        ": ".join([*map(str, issue["loc"]), sentence(issue)]) for issue in error.errors()
    )
