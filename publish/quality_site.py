"""The quality reports as pages: the current release's report and an index of all releases."""

import base64
import hashlib
import os
import shutil
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from approvals.errors import NoReleaseError
from approvals.settings import Settings
from publish.release import Release, current_release, list_releases
from publish.storage import make_folder, replace_durably

PUBLIC_FOLDER_MODE: Final = 0o755
PUBLIC_FILE_MODE: Final = 0o644
"""A web server reads the site as a user of its own."""
TEMPLATES = Path(__file__).parent / "templates"


def publish_quality_report(settings: Settings) -> Path:
    """Write the pages under `site/quality/` and return the index.

    Each release has a page `<release_id>.html`, the report that it was published with; it is
    copied once. A second call leaves the same pages.

    Raises:
        NoReleaseError: nothing was published yet.
    """
    current = current_release(settings)
    if current is None:
        raise NoReleaseError("there is no release yet: run `approvals run`")
    site = make_folder(settings.home.resolve() / "site", PUBLIC_FOLDER_MODE)
    folder = make_folder(site / "quality", PUBLIC_FOLDER_MODE)
    releases = list_releases(settings)
    for release in releases:
        _copy_report(release, folder / f"{release.release_id}.html")
    replace_durably(folder / "index.html", _index(releases), PUBLIC_FILE_MODE)
    return folder / "index.html"


def _copy_report(release: Release, page: Path) -> None:
    if page.exists():
        return
    partial = page.with_name(f".{page.name}.{os.getpid()}.partial")
    shutil.copyfile(release.folder / "quality" / "report.html", partial)
    partial.chmod(PUBLIC_FILE_MODE)
    partial.replace(page)


def _index(releases: list[Release]) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (TEMPLATES / "index.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return environment.get_template("index.html.j2").render(
        releases=[release.summary() for release in releases],
        style=Markup(style),  # noqa: S704 - a file of this package
        style_hash=f"sha256-{digest}",
    )
