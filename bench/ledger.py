"""`python -m bench.ledger`: the register written, read again and compared with itself.

Every time stands beside a plain read of the same workbook's cells in the same run.
"""

import argparse
import io
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from python_calamine import CalamineWorkbook

from app import create_app
from bench.data import prepare
from config import Config
from issues.colour.policies import policy_on
from issues.exchange.aliases import unit_names
from issues.exchange.differences.comparing import compare_with_register
from issues.exchange.importing import read_workbook
from issues.exchange.reading.unit_names import Directory
from issues.ground import clock
from issues.queries.ledger.plain import plain_file
from issues.queries.ledger.stood import COMMAND
from issues.queries.register.filters import Filters

ISSUES = 2_900
"""Some 10,000 rows: a sheet may have 20,000."""
KILOBYTES = 1024
Found = TypeVar("Found")


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        ground = prepare(Path(folder), asked.issues)
        app = create_app(Config.from_env(dict(ground.environ)))
        with app.app_context():
            print(json.dumps(_measure(clock.today()), indent=1))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.ledger", description=__doc__)
    parser.add_argument("--issues", type=int, default=ISSUES, help="数据量")
    return parser.parse_args()


def _measure(today: date) -> dict[str, float]:
    written, (content, _) = _timed(lambda: plain_file(Filters(), COMMAND, today))
    plain, _ = _timed(lambda: _cells(content))
    read, understood = _timed(lambda: read_workbook(content, None, today))
    directory, policy = Directory(unit_names()), policy_on(today)[1]
    compared, found = _timed(lambda: compare_with_register(understood, directory, policy))
    return {
        "tickets": found.tickets,
        "differences": len(found.differences),
        "written_s": written,
        "plain_read_s": plain,
        "read_s": read,
        "compared_s": compared,
        "diff_of_plain_read": (read + compared) / plain,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES,
    }


def _cells(content: bytes) -> int:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return sum(len(row) for row in workbook.get_sheet_by_index(0).to_python())


def _timed(work: Callable[[], Found]) -> tuple[float, Found]:
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


if __name__ == "__main__":
    sys.exit(main())
