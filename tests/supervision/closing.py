"""What the process of test_killed_round.py runs."""

import os
import signal

from sqlalchemy import event, select

from app import create_app
from auth.models import User
from auth.signin import actor_for
from extensions import db, transaction
from issues import rounds
from issues.ground import clock
from issues.ground.refusals import WrongStatus


def close(tells, config, last):
    """Close round 1; the process is killed at its `last` writing statement, at none where 0.

    Tells how many such statements there were, or the name of the refusal.
    """
    app = create_app(config)
    with app.app_context():
        clock.stand_still(clock.today())
        zhou = actor_for(db.session.scalars(select(User).where(User.name == "zhou")).one())
        written = 0

        @event.listens_for(db.engine, "after_cursor_execute")
        def count(_connection, _cursor, statement, *_rest):
            nonlocal written
            if statement.startswith(("INSERT", "UPDATE")):
                written += 1
                if written == last:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            with transaction():
                rounds.close(1, zhou, clock.now())
            tells.send(written)
        except WrongStatus as refused:
            tells.send(type(refused).__name__)
