"""`python -m bench.figures`: the checks of tests/security/figures with all their cases.

They are what the suite runs a part of. Each tells how many cases it tried; what fails is named by
the tests themselves. docs/security/数字.md is written from the table this prints.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from config import ROOT

CHECKS = "tests/security/figures"
DATABASES = {"sqlite": "S", "postgresql": "P", "none": "—"}
RULE_OF_THREE = 3


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "figures.jsonl"
        ended = _run(kept, asked.only)
        lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    print(f"\n{datetime.now(UTC):%Y-%m-%d}")
    for told in sorted((json.loads(line) for line in lines), key=lambda told: told["row"]):
        print(row(told))
    return ended


def row(told: dict) -> str:
    """One line: the bound is that of no failure in so many cases, 95 times of 100."""
    bound = "—" if told["found"] else f"{100 * RULE_OF_THREE / max(told['n'], 1):.2g}%"
    database = DATABASES[told["database"]]
    return (
        f"{told['row']}  {told['what']}  N={told['n']}  失败={told['found']}  {bound}  {database}"
    )


def _run(kept: Path, only: list[str]) -> int:
    chosen = [f"{CHECKS}/test_{name}.py" for name in only] or [CHECKS]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *chosen]
    told = os.environ | {"FIGURES": "full", "FIGURES_FILE": str(kept)}
    return subprocess.run(command, cwd=ROOT, env=told, check=False).returncode  # noqa: S603 - ours


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.figures", description=__doc__)
    parser.add_argument("--only", nargs="*", default=[], help="只测这些，如 objects、forged")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
