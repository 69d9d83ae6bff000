"""`python -m bench.reforms`: a unit with thousands of open tickets merged into another.

The time stands beside a plain write of the same tickets' rows, one statement each, in the same run.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event, select, update

from app import create_app
from auth.actor import SYSTEM
from auth.models import Unit
from bench.data import prepare
from config import Config
from extensions import db, rehearsal, transaction
from issues.ground import clock
from issues.models import Issue
from issues.queries.admin import reforms as queries
from issues.succession.reforming import merge
from issues.vocabulary import Relation
from issues.workflow.parties import set_units

TICKETS, SHARE = 2_000, 2
"""Tickets of the unit; of so many of the volume one is open at least."""
OLD, NEW = "511900-SLJ", "511900-NYNC"


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        ground = prepare(Path(folder), asked.tickets * SHARE)
        app = create_app(Config.from_env(dict(ground.environ)))
        with app.app_context():
            print(json.dumps(_measure(asked.tickets), indent=1))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.reforms", description=__doc__)
    parser.add_argument("--tickets", type=int, default=TICKETS, help="未办结事项数量")
    return parser.parse_args()


def _measure(wanted: int) -> dict[str, float]:
    ids = _standing_with(wanted)
    plain, _ = _timed(lambda: _written(ids))
    statements: list[str] = []
    event.listen(
        db.engine, "before_cursor_execute", lambda _c, _u, said, *_r: statements.append(said)
    )
    merged, done = _timed(_merged)
    return {
        "tickets": done.tickets or 0,
        "plain_write_s": plain,
        "merged_s": merged,
        "merged_of_plain_write": merged / plain,
        "statements_a_ticket": len(statements) / max(done.tickets or 0, 1),
    }


def _standing_with(wanted: int) -> list[int]:
    """So many open tickets get the unit as a supporting one, where it does not accept or lead."""
    with transaction():
        old = db.session.scalars(select(Unit).where(Unit.code == OLD)).one()
        rows = select(Issue).where(Issue.status.in_(queries.MOVED)).order_by(Issue.id)
        for issue in db.session.scalars(rows.limit(wanted)).all():
            set_units(issue, supporting=[*issue.units(Relation.SUPPORTING), old])
        db.session.flush()
        return [issue.id for issue in queries.tickets_of(old.id)]


def _written(ids: list[int]) -> None:
    with rehearsal():
        for number in ids:
            one = update(Issue).where(Issue.id == number)
            db.session.connection().execute(one.values(version=Issue.version + 1))


def _merged() -> queries.Reform:
    with transaction():
        return merge(SYSTEM, OLD, NEW, "性能测试", clock.now())


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


if __name__ == "__main__":
    sys.exit(main())
