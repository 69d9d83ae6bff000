"""Takes files in, and says of each that it is kept. Made to be killed; see kills.py.

The ticket is named by the environment, the first open one else.
"""

import io
import os
from collections.abc import Mapping
from multiprocessing.connection import Connection

from sqlalchemy import select

from app import create_app
from auth.models import User
from auth.signin import actor_for
from bench.workloads import photo
from config import Config
from extensions import db, transaction
from issues import workflow
from issues.evidence import rows as keeping
from issues.ground import clock
from issues.models import Issue
from issues.vocabulary import EvidenceKind, Role, Status

MOST = 1000


def send(tells: Connection, environ: Mapping[str, str]) -> None:
    app = create_app(Config.from_env(environ))
    with app.app_context():
        store, base = app.extensions["evidence"], photo()
        person = next(
            actor_for(user)
            for user in db.session.scalars(select(User).order_by(User.id))
            if actor_for(user).has(Role.OFFICE)
        )
        number = environ.get("BENCH_ISSUE") or db.session.scalar(
            select(Issue.number).where(Issue.status == Status.RECTIFYING).limit(1)
        )
        keeping.take_in(io.BytesIO(base), "现场.jpg", store=store)  # the decoders are loaded
        tells.send("ready")
        for _ in range(MOST):
            tells.send(_taken(number, person, store, base))


def _taken(number, person, store, base) -> dict[str, str | int]:  # noqa: ANN001 - those of send()
    """Bytes of its own each time, behind the end of the picture; what is acknowledged of them."""
    about = keeping.About(EvidenceKind.OTHER)
    proven = keeping.take_in(io.BytesIO(base + os.urandom(16)), "现场.jpg", store=store)
    with transaction():
        issue = workflow.load(number, person, for_change=True)
        row = keeping.add(issue, person, proven, about, at=clock.now())
        return {"id": row.id, "sha256": proven.sha256}
