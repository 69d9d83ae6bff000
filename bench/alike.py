"""`python -m bench.alike`: what a problem is like among many tickets, beside a plain count."""

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, true

from app import create_app
from bench.data import prepare
from config import Config
from extensions import db
from issues.likeness import index, similar
from issues.likeness.search import facts_of
from issues.models import Issue

ISSUES = 100_000
ASKED = 40
CHANGED = 10
"""Of as many signs, one is another."""
COUNTED = 2000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.alike", description=__doc__)
    parser.add_argument("--issues", type=int, default=ISSUES, help="问题数量")
    with tempfile.TemporaryDirectory() as folder:
        ground = prepare(Path(folder), parser.parse_args().issues)
        app = create_app(Config.from_env(dict(ground.environ)))
        with app.app_context():
            for _ in index.rebuild():
                pass
            found = _measure()
    print(json.dumps(found, indent=1))
    return 0


def _measure() -> dict[str, float]:
    chance = random.Random(19)  # noqa: S311 - the same tickets in every run
    ids = db.session.scalars(select(Issue.id)).all()
    plain = select(func.count()).select_from(Issue).where(Issue.id < COUNTED)
    seconds, counted = [], []
    for id_ in chance.choices(ids, k=ASKED):
        facts = facts_of(db.session.get(Issue, id_))
        signs = list(facts.text)
        for place in chance.sample(range(len(signs)), len(signs) // CHANGED):
            signs[place] = "某"
        asked = facts._replace(text="".join(signs))
        counted.append(_timed(lambda: db.session.scalar(plain)))
        seconds.append(_timed(lambda asked=asked: similar(*asked, true())))
    median = statistics.median(seconds)
    return {
        "tickets": len(ids),
        "median_ms": 1000 * median,
        "worst_ms": 1000 * max(seconds),
        "of_count": median / statistics.median(counted),
    }


def _timed(what: Callable[[], Any]) -> float:
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
