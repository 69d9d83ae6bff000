"""Several people who do something in the same moment, each on a connection of their own."""

import contextvars
import threading

from extensions import db, transaction
from issues.ground.refusals import Refusal


def at_once(app, *acts):
    """What each act, alone in its transaction, answered; the refusal where it was refused."""
    db.session.rollback()
    together, told = threading.Barrier(len(acts)), [None] * len(acts)

    def do(place, act):
        with app.app_context():
            together.wait()
            try:
                with transaction():
                    told[place] = act()
            except Refusal as refusal:
                told[place] = refusal
            finally:
                db.session.remove()

    doing = [
        threading.Thread(target=contextvars.Context().run, args=(do, place, act))
        for place, act in enumerate(acts)
    ]
    for one in doing:
        one.start()
    for one in doing:
        one.join()
    return told


def refused(told):
    return [one for one in told if isinstance(one, Refusal)]
