"""The database the benchmark stands on: the volume, made once and copied for every run."""

import base64
import hashlib
import secrets
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from auth.actor import SYSTEM
from auth.models import User
from auth.passwords import hash_password
from auth.people import issue_token
from auth.signin import actor_for
from bench.workloads import REPORT, draft, photo
from config import EXAMPLE_DAY, ROOT, Config
from extensions import db, transaction
from issues import acts
from issues.ground import clock
from issues.models import Event, Issue, ProgressReport, Setting
from issues.vocabulary import Status

PERSON = "sun"
PASSWORD = secrets.token_urlsafe(12)
MADE_OF = (
    "seed/**/*.py", "migrations/versions/*.py", "issues/models/*.py", "issues/rules/**/*.py",
)  # fmt: skip
RATE_SETTING, RATE = "api_calls_a_second", 1000
TOKENS = 8
UPLOADS_TO = 40
WORKERS = ("wu", "chen")
"""Of the units most tickets of the volume stand with."""
EACH_ONCE = 150
"""Tickets for the acts that can be done once on each, for each number of clients."""
DEADLINE = EXAMPLE_DAY + timedelta(days=300)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a run stands on: the settings of the served processes, and what the requests name."""

    environ: Mapping[str, str]
    facts: Mapping[str, Any]
    counts: Mapping[str, int]


def prepare(folder: Path, issues: int) -> Ground:
    """A copy of the volume in this folder, with a password, tokens and numbers to ask for."""
    environ = {
        "DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
        "EVIDENCE_URL": (folder / "evidence").as_uri(),
        "SECRET_KEY": secrets.token_urlsafe(32),
        "DEMO": "1",
        "DEMO_PASSWORD": PASSWORD,
    }
    kept = ROOT / "instance" / "bench" / f"{issues}-{_digest()}.db"
    if kept.is_file():
        shutil.copyfile(kept, folder / "bench.db")
    app = create_app(Config.from_env(environ))
    with app.app_context():
        if not kept.is_file():
            _make(app, kept, issues)
        facts, counts = _facts(), _counts()
        db.session.remove()
        db.engine.dispose()
    return Ground(environ, facts, counts)


def _digest() -> str:
    """Of everything the volume is made by."""
    paths = sorted(path for pattern in MADE_OF for path in ROOT.glob(pattern))
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:12]


def _make(app: Flask, kept: Path, issues: int) -> None:
    from seed import volume  # noqa: PLC0415 - a run on a kept volume does without it

    print(f"数据：{issues} 个问题（只做一次）")
    flask_migrate.upgrade(directory=str(ROOT / "migrations"))
    volume.load(issues, print)
    db.session.remove()
    kept.parent.mkdir(parents=True, exist_ok=True)
    for old in kept.parent.glob(f"{issues}-*.db"):
        old.unlink()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.exec_driver_sql("COMMIT")
    db.engine.dispose()
    source = Path(db.engine.url.database)
    draft = kept.with_suffix(".part")
    shutil.copyfile(source, draft)
    draft.rename(kept)
    app.logger.info("volume kept at %s", kept.name)


def _facts() -> dict[str, Any]:
    with transaction():
        person = db.session.scalars(select(User).where(User.name == PERSON)).one()
        person.password_hash = hash_password(PASSWORD)
        tokens = [issue_token(SYSTEM, person.id, "bench") for _ in range(TOKENS)]
        db.session.merge(Setting(key=RATE_SETTING, value=RATE))
    numbers = db.session.scalars(select(Issue.number).order_by(Issue.id)).all()
    rectifying = select(Issue.number).where(Issue.status == Status.RECTIFYING).order_by(Issue.id)
    return {
        "numbers": numbers,
        "open": db.session.scalars(rectifying.limit(UPLOADS_TO)).all(),
        "drafts": _drafts(),
        "working": _working(),
        "reported": _reported(),
        "tokens": tokens,
        "today": clock.today().isoformat(),
        "deadline": DEADLINE.isoformat(),
        "photo": base64.b64encode(photo()).decode(),
    }


def _drafts() -> list[tuple[str, str]]:
    """(number, "") of drafts the office may assign as they are."""
    person = db.session.scalars(select(User).where(User.name == PERSON)).one()
    actor = actor_for(person)
    with transaction():
        made = [acts.register(actor, draft(n, DEADLINE.isoformat())) for n in range(2 * EACH_ONCE)]
        return [(issue.number, "") for issue in made]


def _working() -> list[tuple[str, str]]:
    """(number, token of who reports on it)."""
    with transaction():
        tokens = {one.unit_id: issue_token(SYSTEM, one.id, "bench") for one in _workers()}
    return [(one.number, tokens[one.primary_unit_id]) for one in _of(tokens, Issue.id)]


def _reported() -> list[tuple[str, str]]:
    """(number, "") of others, on each of which a report waits for the office's word."""
    reporters = {one.unit_id: one.id for one in _workers()}
    found = _of(reporters, Issue.id.desc())
    with transaction():
        db.session.add_all(
            ProgressReport(
                issue_id=one.id, round=one.round, on=clock.today(), at=clock.now(),
                text=REPORT["text"], reporter_id=reporters[one.primary_unit_id],
            )
            for one in found
        )  # fmt: skip
    return [(one.number, "") for one in found]


def _workers() -> Sequence[User]:
    return db.session.scalars(select(User).where(User.name.in_(WORKERS))).all()


def _of(units: Iterable[int | None], order: Any) -> Sequence[Any]:
    columns = (Issue.id, Issue.number, Issue.round, Issue.primary_unit_id)
    rows = select(*columns).where(Issue.status == Status.RECTIFYING)
    rows = rows.where(Issue.primary_unit_id.in_(list(units))).order_by(order)
    return db.session.execute(rows.limit(2 * EACH_ONCE)).all()


def _counts() -> dict[str, int]:
    tables = {"issues": Issue, "events": Event}
    counted = (db.session.scalar(select(func.count()).select_from(row)) for row in tables.values())
    return dict(zip(tables, counted, strict=True))
