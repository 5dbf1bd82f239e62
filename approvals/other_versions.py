"""Questions to a release that another version of this program made, and that may lack columns."""

from collections.abc import Iterator
from contextlib import contextmanager

from approvals.errors import OtherVersionError


@contextmanager
def asking(release_id: str) -> Iterator[None]:
    """Say in one line that a release lacks what is asked of it.

    Raises:
        OtherVersionError: it has no such table or column.
    """
    import duckdb

    try:
        yield
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        reason = str(error).splitlines()[0]
        raise OtherVersionError(
            f"release {release_id} was made by another version and lacks what is asked of it "
            f"({reason}): `approvals run --force` makes one that has it"
        ) from error
