"""`python -m tests.fuzz --seconds 60`: fuzz the readers; exit 1 if anything was found."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.target import fuzz


def main() -> int:
    """Run and print the findings."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--keep", type=Path, default=None, help="folder for the files found")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="approvals-fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    findings = fuzz(options.seconds, options.seed, folder)
    sys.stdout.write(
        f"seed {options.seed}: {findings.runs} files, {findings.read} read, "
        f"{findings.refused} refused, {len(findings.problems)} findings; slowest "
        f"{findings.slowest_seconds:.1f} s ({findings.slowest})\n"
    )
    for problem in findings.problems:
        sys.stdout.write(f"{problem}\n")
    return 1 if findings.problems else 0


if __name__ == "__main__":
    sys.exit(main())
