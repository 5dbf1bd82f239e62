#!/usr/bin/env bash
# Rewrites the four locks from the .in files: one resolution, cut into files that share no package.
# Pins that stand are kept; UPGRADE=1 takes the newest of everything that the .in files allow.
# Needs uv (`pip install uv`). No index host is written; every package carries its hashes.
set -euo pipefail
cd "$(dirname "$0")"
compile() { uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header "$@"; }
whole="$(mktemp -d)"
trap 'rm -rf "$whole"' EXIT
if [ -z "${UPGRADE:-}" ]; then
  grep -hE '^[A-Za-z0-9._-]+==' ./*.lock | sed 's/ \\$//' > "$whole/pins.txt"
  export UV_CONSTRAINT="$whole/pins.txt"
fi
compile warehouse.in airflow.in postgres.in dev.in -o "$whole/all.lock"
compile warehouse.in -c "$whole/all.lock" -o "$whole/warehouse.lock"
compile warehouse.in airflow.in -c "$whole/all.lock" -o "$whole/airflow.lock"
compile warehouse.in airflow.in postgres.in -c "$whole/all.lock" -o "$whole/postgres.lock"
python3 - "$whole" <<'PY'
"""Cut the nested resolutions into disjoint locks, each under the repository's file-size limit."""
import pathlib
import re
import sys

whole = pathlib.Path(sys.argv[1])


def packages(lock: str) -> dict[str, str]:
    """Return each package's lines by its name; one package may have a block for each Python."""
    found: dict[str, str] = {}
    for block in re.split(r"\n(?=[a-z0-9])", (whole / f"{lock}.lock").read_text().strip()):
        name = block.split("==")[0]
        found[name] = f"{found[name]}\n{block}" if name in found else block
    return found


pins = packages("all")  # its environment markers hold for all four files together
names = ("warehouse", "airflow", "postgres")
for source, target in (*zip(names, names), ("all", "dev")):
    own = [pins.pop(name) for name in packages(source) if name in pins]
    pathlib.Path(f"{target}.lock").write_text("\n".join(own) + "\n")
PY
