"""How long one night on the example exports takes without a scheduler, stage by stage.

    .venv/bin/python -m benchmarks.night [--nights 3]

Each night is a process of its own with an empty home. Wall-clock seconds and the peak memory of
the largest process; the targets are those of issue "One night, end to end": at most 25 s on two
cores.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import monotonic


def one_night() -> dict[str, float]:
    """Run a night in an empty home and return the seconds of each stage and of the whole."""
    with tempfile.TemporaryDirectory() as home:
        command = [str(Path(sys.executable).parent / "approvals"), "run", "--json", "--home", home]
        start = monotonic()
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        whole = monotonic() - start
        subprocess.run(["chmod", "-R", "u+w", home], check=True)  # noqa: S603, S607
    seconds: dict[str, float] = json.loads(done.stdout)["seconds"]
    return seconds | {"whole": round(whole, 2)}


def main() -> None:
    """Print each night and the median."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nights", type=int, default=3)
    nights = [one_night() for _ in range(parser.parse_args().nights)]
    for number, night in enumerate(nights, start=1):
        sys.stdout.write(f"night {number}  {_line(night)}\n")
    middle = {stage: round(median(night[stage] for night in nights), 2) for stage in nights[0]}
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    sys.stdout.write(f"median   {_line(middle)}\n")
    sys.stdout.write(f"peak memory {peak:.0f} MiB, {os.cpu_count()} cores\n")


def _line(night: dict[str, float]) -> str:
    return "  ".join(f"{stage} {seconds:.2f} s" for stage, seconds in night.items())


if __name__ == "__main__":
    main()
