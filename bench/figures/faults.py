"""`python -m bench.figures.faults`: the faults of the figures 1 to 15 and 32 with all their trials.

What the suite tries a few times is tried here as often as the figure asks, or at most so often as
`--most` says. docs/security/数字.md is written from the table this prints.
"""

import argparse
import json
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.figures.running import DATABASES, bound, run_check

FAULTS = "tests/faults"
CHECKS = {
    "uploads": (f"{FAULTS}/test_killed_web.py", "tests/evidence/test_kills.py"),
    "acts": (f"{FAULTS}/test_killed_acts.py", "tests/supervision/test_killed_round.py"),
    "disk": (f"{FAULTS}/test_no_disk.py", "tests/web/door/test_no_room.py"),
    "away": (f"{FAULTS}/test_away.py",),
    "at-once": (f"{FAULTS}/test_at_once.py",),
    "numbers": ("tests/notices/test_numbers_killed.py",),
    "nights": ("tests/jobs/test_nights.py", "tests/jobs/test_leases.py"),
    "backups": ("tests/backups/test_killed.py",),
    "migrations": (f"{FAULTS}/test_killed_migrations.py",),
    "slow": (f"{FAULTS}/test_slow_clients.py",),
}
MOST_SECONDS = 6 * 3600
HEAD = "| # | 内容 | N | 失败 | 上界 | 数据库 | 秒 |\n| --- | --- | --- | --- | --- | --- | --- |"


def main() -> int:
    asked = _arguments()
    names, worst, rows, spent = asked.only or list(CHECKS), 0, [], {}
    with tempfile.TemporaryDirectory() as folder:
        for place, name in enumerate(names, 1):
            print(f"[{place}/{len(names)}] {name}", flush=True)
            kept, began = Path(folder) / f"{name}.jsonl", time.monotonic()
            ended = run_check(kept, CHECKS[name], asked.most or "full", MOST_SECONDS)
            worst, spent[name] = worst or ended, time.monotonic() - began
            print(f"    {spent[name]:.0f} s, ended {ended}", flush=True)
            lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
            rows += [json.loads(line) | {"check": name} for line in lines]
    print(f"\n{datetime.now(UTC):%Y-%m-%d}\n\n{HEAD}")
    for told in sorted(rows, key=lambda told: told["row"]):
        print(row(told, spent[told["check"]]))
    return worst


def row(told: dict, seconds: float) -> str:
    """One line of the table; the seconds are those of the whole check it belongs to."""
    said = (
        told["row"], told["what"], told["n"], told["found"], bound(told),
        DATABASES[told["database"]], f"{seconds:.0f}",
    )  # fmt: skip
    return f"| {' | '.join(map(str, said))} |"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.figures.faults", description=__doc__)
    parser.add_argument("--only", nargs="*", default=[], choices=CHECKS, help="只试这些")
    parser.add_argument("--most", type=int, default=0, help="每项至多这么多次；不写则全部")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
