"""The drafts of a whole round: tickets in a database of their own, each drafted and drawn."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app import create_app
from auth.actor import SYSTEM
from bench.data import prepare
from config import Config
from extensions import db, transaction
from issues import clock
from issues.models import Issue, Notice
from issues.notices import drafting
from issues.notices.faces import Faces
from issues.notices.gongwen import render
from issues.notices.readiness import draft_now
from issues.vocabulary import OPEN, NoticeKind

TICKETS_A_DRAFT = 4
TRIGGER = "bench"


def draft_round(count: int, faces: Faces, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """As the job does it: each draft in its own transaction; then each drawn as its preview."""
    with tempfile.TemporaryDirectory() as folder:
        ground = prepare(Path(folder), count * TICKETS_A_DRAFT)
        app = create_app(Config.from_env(ground.environ))
        with app.app_context():
            began, started = time.process_time(), time.perf_counter()
            made = _draft(count)
            drafted = time.process_time()
            _draw(made, faces, progress)
            drawn, ended = time.process_time(), time.perf_counter()
            db.session.remove()
            db.engine.dispose()
    return {
        "drafts": len(made),
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


def _draw(made: list[int], faces: Faces, progress: Callable[[int, int], None]) -> None:
    for done, notice_id in enumerate(made, 1):
        notice = db.session.get_one(Notice, notice_id)
        render(draft_now(notice, clock.now(), faces, is_example=True).document, faces)
        db.session.expunge_all()
        progress(done, len(made))
