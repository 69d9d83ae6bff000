"""The database the benchmark stands on: the volume, made once and copied for every run."""

import base64
import hashlib
import secrets
import shutil
from collections.abc import Mapping
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
from bench.workloads import photo
from config import EXAMPLE_DAY, ROOT, Config
from extensions import db, transaction
from issues.ground import clock
from issues.models import Event, Issue, Setting
from issues.vocabulary import Status

PERSON = "sun"
PASSWORD = secrets.token_urlsafe(12)
MADE_OF = (
    "seed/**/*.py", "migrations/versions/*.py", "issues/models/*.py", "issues/rules/**/*.py",
)  # fmt: skip
RATE_SETTING, RATE = "api_calls_a_second", 1000
TOKENS = 8
UPLOADS_TO = 40
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
        "tokens": tokens,
        "today": clock.today().isoformat(),
        "deadline": DEADLINE.isoformat(),
        "photo": base64.b64encode(photo()).decode(),
    }


def _counts() -> dict[str, int]:
    tables = {"issues": Issue, "events": Event}
    counted = (db.session.scalar(select(func.count()).select_from(row)) for row in tables.values())
    return dict(zip(tables, counted, strict=True))
