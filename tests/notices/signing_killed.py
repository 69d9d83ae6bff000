"""What the process of test_numbers_killed.py runs."""

import time
from dataclasses import replace
from datetime import date

from pressed import noon, press

from app import create_app
from auth.models import User
from auth.signin import actor_for
from extensions import db, transaction
from issues.ground import clock
from issues.notices import acts, signing
from issues.vocabulary import NoticeAct

STAGES = {"take_number": "number", "render": "page", "refresh_tickets": "written"}
FOR_EVER = 60


def sign(tells, config, actor, notice, stage):
    """Sign the notice; come to the stage, tell so, and wait to be killed."""

    def stopped(inner, at):
        def outer(*given, **more):
            found = inner(*given, **more)
            if at == stage:
                tells.send("in the middle")
                time.sleep(FOR_EVER)
            return found

        return outer

    app = create_app(config)
    clock.stand_still(date(2025, 11, 25))
    for name, at in STAGES.items():
        setattr(signing, name, stopped(getattr(signing, name), at))
    with app.app_context():
        made = press()
        store = type("Store", (), {"put": staticmethod(stopped(made.store.put, "kept"))})
        made = replace(made, store=store())
        signer = actor_for(db.session.get(User, actor))
        with transaction():
            acts.do(NoticeAct.SIGN, notice, signer, {}, made, at=noon("2025-11-25"))
    tells.send("signed")
