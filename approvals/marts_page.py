"""`docs/marts.md`, rendered from the descriptions that dbt holds: one place to write them.

    dbt parse …                                   # writes manifest.json
    python -m approvals.marts_page manifest.json docs/marts.md

Not for readers of a release: that carries its own data dictionary.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

SECTIONS = {
    "marts/dimensions": "Dimensions",
    "marts/facts": "Facts",
    "marts/reports": "Reports",
    "marts/lineage": "Lineage",
    "quality": "Quality",
}
HEADER = """# Marts

Generated from the descriptions in `dbt_project/` by `python -m approvals.marts_page`; edit them
there. These tables are the contract with BI tools: name, type and order of their columns are
enforced at every build. Schema `marts`, and `quality` for the last section; the
audit's own tables, `quality.rule_results` and `quality.runs`, are described in docs/releases.md.
"""


def render_marts_page(manifest: dict[str, Any]) -> str:
    """Return the page for a dbt manifest: every public table with its grain and columns."""
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    parts = [HEADER]
    for folder, title in SECTIONS.items():
        inside = [m for m in models if m["original_file_path"].startswith(f"models/{folder}/")]
        parts.append(f"## {title}\n")
        parts.extend(_table(model) for model in sorted(inside, key=lambda m: str(m["name"])))
    return "\n".join(parts)


def _table(model: dict[str, Any]) -> str:
    lines = [f"### {model['name']}", "", _unwrapped(model["description"]), ""]
    lines += ["| column | type | meaning |", "|---|---|---|"]
    lines += [
        f"| `{column['name']}` | {column['data_type']} | {_cell(column['description'])} |"
        for column in model["columns"].values()
    ]
    return "\n".join([*lines, ""])


def _unwrapped(text: str) -> str:
    """Join the lines of each paragraph."""
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main(arguments: list[str]) -> None:
    """Write the page for the manifest named first to the path named second."""
    source, target = (Path(argument) for argument in arguments)
    manifest = json.loads(source.read_text(encoding="utf-8"))
    target.write_text(render_marts_page(manifest), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
