"""`python -m bench.figures`: the checks of the figures 16 to 28 with all their cases.

They are what the suite runs a part of. Each tells how many cases it tried; what fails is named by
the tests themselves. docs/security/数字.md is written from the table this prints.
"""

import argparse
import json
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.figures.running import DATABASES, bound, run_check

FOLDER = "tests/security/figures"
CHECKS = {
    "objects": (f"{FOLDER}/test_objects.py",),
    "steps": (f"{FOLDER}/test_steps.py",),
    "forged": (f"{FOLDER}/test_forged.py",),
    "canaries": (f"{FOLDER}/test_canaries.py",),
    "scripts": (f"{FOLDER}/test_scripts.py",),
    "browser": ("tests/browser/test_planted_text.py",),
    "injection": (f"{FOLDER}/test_injection.py",),
    "leaving": (f"{FOLDER}/test_leaving.py",),
    "files": (f"{FOLDER}/test_files.py",),
    "others": (f"{FOLDER}/test_others.py",),
    "guesses": ("tests/auth/test_signing_in.py", "-k", "guesses or takes_as_long"),
    "record": (
        f"{FOLDER}/test_recorded.py", "tests/database/test_audit_chain.py",
        "tests/database/test_imprints.py", "-k",
        "recorded or every_edit or cut_tails or any_table or imprints_themselves",
    ),
}  # fmt: skip
"""Each is run by itself, so that one that fails or hangs costs no other its figures."""
HEAD = "| # | 内容 | N | 失败 | 上界 | 数据库 |\n| --- | --- | --- | --- | --- | --- |"


def main() -> int:
    asked = _arguments()
    worst, began = 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "figures.jsonl"
        for place, name in enumerate(asked.only or CHECKS, 1):
            print(f"[{place}/{len(asked.only or CHECKS)}] {name}", flush=True)
            ended = run_check(kept, CHECKS[name])
            worst = worst or ended
            print(f"    {time.monotonic() - began:.0f} s, ended {ended}", flush=True)
        lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    print(f"\n{datetime.now(UTC):%Y-%m-%d}\n\n{HEAD}")
    for told in sorted((json.loads(line) for line in lines), key=lambda told: told["row"]):
        print(row(told))
    return worst


def row(told: dict) -> str:
    """One line of a table: the bound is that of no failure in so many cases, 95 times of 100."""
    database = DATABASES[told["database"]]
    said = (told["row"], told["what"], told["n"], told["found"], bound(told), database)
    return f"| {' | '.join(map(str, said))} |"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.figures", description=__doc__)
    parser.add_argument("--only", nargs="*", default=[], choices=CHECKS, help="只测这些")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
