"""Run benchmarks: ``python -m bench.run [name]``, all of them without a name.

A benchmark is ``bench/<name>.py`` with ``measure() -> list[Figure]``. Each figure is printed as
``name value unit ratio`` and all of them are written to ``bench/results/<name>.json``.
"""

import argparse
import importlib
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

import django

from bench.figure import Figure

HERE = Path(__file__).resolve().parent
NOT_BENCHMARKS = {"__init__", "run", "figure"}


def names() -> list[str]:
    """Return the names of the benchmarks there are."""
    return sorted({path.stem for path in HERE.glob("*.py")} - NOT_BENCHMARKS)


def write_results(name: str, figures: list[Figure], seconds: float) -> Path:
    """Write the figures of one run, with the machine they were measured on; return the file."""
    path = HERE / "results" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "cores": os.cpu_count()}
    content = {
        "name": name,
        "seconds": round(seconds, 1),
        "machine": machine,
        "figures": [figure._asdict() for figure in figures],
    }
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
    return path


def run(name: str) -> None:
    """Run one benchmark, print its figures and keep them."""
    start = time.perf_counter()
    figures: list[Figure] = importlib.import_module(f"bench.{name}").measure()
    for figure in figures:
        sys.stdout.write(f"{figure}\n")
    write_results(name, figures, time.perf_counter() - start)


def main() -> None:
    """Set Django up on a database of its own, so that nobody's data is touched, and run."""
    parser = argparse.ArgumentParser(description="Run benchmarks.")
    parser.add_argument("name", nargs="*", choices=[*names(), []], help="which; all without one")
    chosen = parser.parse_args().name or names()
    with tempfile.TemporaryDirectory(prefix="lmp-bench-") as folder:
        os.environ.setdefault("VAR_DIR", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
        django.setup()
        for name in chosen:
            run(name)


if __name__ == "__main__":
    main()
