"""What the process of test_killed_round.py runs."""

from killed_at import Steps
from sqlalchemy import select

from app import create_app
from auth.models import User
from auth.signin import actor_for
from extensions import db, transaction
from issues import rounds
from issues.ground import clock
from issues.ground.refusals import WrongStatus


def close(tells, config, last):
    """Close round 1; the process is killed at its `last` step, at none where 0.

    Tells how many steps there were, or the name of the refusal.
    """
    app = create_app(config)
    with app.app_context():
        clock.stand_still(clock.today())
        zhou = actor_for(db.session.scalars(select(User).where(User.name == "zhou")).one())
        steps = Steps(last)
        steps.of_statements(db.engine)

        try:
            with transaction():
                rounds.close(1, zhou, clock.now())
            tells.send(steps.taken)
        except WrongStatus as refused:
            tells.send(type(refused).__name__)
