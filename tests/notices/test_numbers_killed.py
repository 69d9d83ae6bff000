"""文号 when a signing process is killed in the middle: nothing half done, no gap, no repetition."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pressed import noon, overdue, press
from sqlalchemy import select

from extensions import db, transaction
from issues.imprints import checking
from issues.models import Counter, Notice
from issues.notices import acts, drafting
from issues.vocabulary import NoticeAct, NoticeKind, NoticeStatus

pytestmark = pytest.mark.both
TODAY = noon("2025-11-25")
ROOT = Path(__file__).resolve().parents[2]
NOTICES = 8
STAGES = ("number", "page", "kept", "written")
SCRIPT = """
import json, sys, time
sys.path[:0] = json.loads(sys.argv[1])
from dataclasses import replace
from datetime import date
from app import create_app
from auth.models import User
from auth.signin import actor_for
from config import Config
from extensions import db, transaction
from issues.ground import clock
from issues.notices import acts, signing
from issues.vocabulary import NoticeAct
from pressed import noon, press

given = json.loads(sys.argv[2])
config = replace(Config.from_env(given["environ"]), testing=True)
app = create_app(config)
clock.stand_still(date(2025, 11, 25))

def stop_at(stage):
    if stage == given["stage"]:
        print("in the middle", flush=True)
        time.sleep(60)

def after(name, stage):
    inner = getattr(signing, name)
    def outer(*args, **more):
        found = inner(*args, **more)
        stop_at(stage)
        return found
    setattr(signing, name, outer)

after("take_number", "number")
after("render", "page")
after("refresh_tickets", "written")
with app.app_context():
    made = press()
    put = made.store.put
    class Store:
        def put(self, *args, **more):
            found = put(*args, **more)
            stop_at("kept")
            return found
    made = replace(made, store=Store())
    actor = actor_for(db.session.get(User, given["actor"]))
    with transaction():
        acts.do(NoticeAct.SIGN, given["notice"], actor, {}, made, at=noon("2025-11-25"))
print("signed", flush=True)
"""


def drafts(people):
    issue = overdue(people)
    with transaction():
        made = [
            drafting.draft_by_hand(NoticeKind.N1, [issue.number], people.sun, TODAY)
            for _ in range(NOTICES)
        ]
        return [notice.id for notice in made]


def kill_in_the_middle(place, people, notice, stage):
    """A process of its own signs and is killed when it has come so far."""
    environ = {
        "DATABASE_URL": place.config().database_url,
        "EVIDENCE_URL": place.config().evidence_url,
        "SECRET_KEY": place.config().secret_key,
        "DEMO": "1",
    }
    given = {"environ": environ, "stage": stage, "actor": people.sun.id, "notice": notice}
    paths = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "notices")]
    process = subprocess.Popen(  # noqa: S603 - the test's own script
        [sys.executable, "-c", SCRIPT, json.dumps(paths), json.dumps(given)],
        stdout=subprocess.PIPE, cwd=ROOT, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "in the middle\n"
    process.kill()
    process.wait(10)
    process.stdout.close()


def signed_when_free(notice, actor):
    """A database takes a moment to see that a killed writer is gone."""
    until = time.monotonic() + 15
    while True:
        try:
            with transaction():
                return acts.do(NoticeAct.SIGN, notice, actor, {}, press(), at=TODAY).number
        except Exception:
            if time.monotonic() > until:
                raise


def test_signers_killed_at_every_stage_leave_no_gap_and_nothing_half_signed(place, people):
    ids = drafts(people)
    numbers = []
    for stage, victim in zip(STAGES, ids[: len(STAGES)], strict=True):
        db.session.remove()
        kill_in_the_middle(place, people, victim, stage)
        row = db.session.get(Notice, victim)
        assert (row.status, row.number, row.sha256) == (NoticeStatus.DRAFT, None, None), stage
        numbers.append(signed_when_free(ids[len(numbers) + len(STAGES)], people.sun))
    numbers += [signed_when_free(victim, people.sun) for victim in ids[: len(STAGES)]]

    assert numbers == [f"巴环委办提〔2025〕{n}号" for n in range(1, NOTICES + 1)]
    series = select(Counter.last).where(Counter.series.like("notice %"))
    assert db.session.scalars(series).all() == [NOTICES]
    assert list(checking.faults()) == []
