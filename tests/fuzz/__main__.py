"""Fuzz the readers and the cleaner: ``python -m tests.fuzz [TARGET …] [--seconds N] [--out DIR]``, also ``make fuzz``.

Each target has its share of the time, in a process of its own under atheris. It begins with the files of
`tests.io.bad_inputs` and with what earlier calls found. An input that a target fails on, takes over a minute or
2 GiB for, is written to DIR/crashes; ``python -m tests.fuzz TARGET --again FILE`` gives it to the target once more.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.fuzz.targets import TARGETS, run
from tests.io.bad_inputs import bad_inputs

ROOT = Path(__file__).parents[2]
SEED_BYTES = 1 << 16
"""Longer files are no seeds: from them little is found in the time."""
LIMITS = ("-timeout=60", "-rss_limit_mb=2048", "-print_final_stats=1")


def seed(target: str, folder: Path) -> None:
    """Write the bad inputs that a target reads into a folder; for the cleaner, those that are texts."""
    folder.mkdir(parents=True, exist_ok=True)
    ending = ".txt" if target == "clean" else f".{target}"
    with tempfile.TemporaryDirectory() as scratch:
        for number, bad in enumerate(bad_inputs()):
            if bad.put is None and bad.name.endswith(ending):
                raw = bad.write(Path(scratch)).read_bytes()
                if len(raw) <= SEED_BYTES:
                    (folder / f"bad-{number}").write_bytes(raw)


def fuzz(target: str, *, seconds: float, out: Path) -> bool:
    """Fuzz one target; gives whether it stood. What it says goes to a file."""
    found, crashes = out / "found" / target, out / "crashes"
    seed(target, found)
    crashes.mkdir(parents=True, exist_ok=True)
    call = [sys.executable, "-m", "tests.fuzz.child", target, *LIMITS, f"-max_total_time={max(1, int(seconds))}"]
    with (out / f"{target}.log").open("wb") as log:
        done = subprocess.run(
            [*call, f"-artifact_prefix={crashes}/{target}-", str(found)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
    print(f"{target}: {'stands' if done.returncode == 0 else f'FAILED, see {log.name}'}", flush=True)
    return done.returncode == 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.partition("\n")[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {' '.join(TARGETS)} (all)")
    parser.add_argument("--seconds", type=float, default=600, help="in all (600)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (one a processor)")
    parser.add_argument("--out", type=Path, default=ROOT / "out/fuzz", metavar="DIR", help="(out/fuzz)")
    parser.add_argument("--again", type=Path, metavar="FILE", help="give this input to the target, and nothing else")
    options = parser.parse_args(arguments)
    if unknown := set(options.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    targets = options.targets or list(TARGETS)
    if options.again:
        for target in targets:
            run(target, options.again.read_bytes())
        return 0
    share = options.seconds * options.jobs / len(targets)
    with ThreadPoolExecutor(options.jobs) as pool:
        stood = list(pool.map(partial(fuzz, seconds=share, out=options.out), targets))
    return 0 if all(stood) else 1


if __name__ == "__main__":
    sys.exit(main())
