"""The drafts of a whole round: tickets in a database of their own, each drafted and drawn."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select

from app import create_app
from auth.actor import SYSTEM
from bench.data import prepare
from config import Config
from extensions import db, transaction
from issues.ground import clock
from issues.models import Issue
from issues.notices import drafting
from issues.notices.delivery.volume import Volume
from issues.notices.fonts.faces import Faces
from issues.notices.signing import Press
from issues.vocabulary import OPEN, NoticeKind

TICKETS_A_DRAFT = 4
TRIGGER = "bench"
Progress = Callable[[int, int], None]


def draft_round(count: int, faces: Faces, progress: Progress) -> dict[str, Any]:
    """As the job does it: each draft in its own transaction; then all of them drawn."""
    with tempfile.TemporaryDirectory() as folder:
        ground = prepare(Path(folder), count * TICKETS_A_DRAFT)
        app = create_app(Config.from_env(ground.environ))
        with app.app_context():
            began, started = time.process_time(), time.perf_counter()
            made = _draft(count)
            drafted = time.process_time()
            db.session.remove()
            bound = _draw(made, faces, Path(folder) / "volumes", progress)
            drawn, ended = time.process_time(), time.perf_counter()
            db.session.remove()
            db.engine.dispose()
    return {
        "drafts": len(made),
        "bound_megabytes": bound / 1e6,
        "draft_seconds": drafted - began,
        "draw_seconds": drawn - drafted,
        "round_seconds": drawn - began,
        "round_wall_seconds": ended - started,
    }


def _draft(count: int) -> list[int]:
    rows = select(Issue.id).where(Issue.status.in_(OPEN), Issue.primary_unit_id.is_not(None))
    made = []
    for issue_id in db.session.scalars(rows.order_by(Issue.red_from).limit(count)).all():
        with transaction():
            issue = db.session.get_one(Issue, issue_id)
            notice = drafting.draft(
                NoticeKind.N3, [issue], TRIGGER, str(issue_id), SYSTEM, clock.now()
            )
            made.append(notice.id)
    return made


def _draw(made: list[int], faces: Faces, place: Path, progress: Progress) -> int:
    """As the page of a round does it: in pieces, then bound into one file. Gives its bytes."""
    press = Press(current_app.extensions["evidence"], lambda: faces, str, is_example=True)
    volume = Volume(place, 1, 1)
    volume.begin(made, clock.now())
    for done, total in volume.steps(press):
        progress(done, total)
    return volume.whole.stat().st_size
