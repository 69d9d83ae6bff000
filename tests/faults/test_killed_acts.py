"""Killed at any step of an act: it is done or it is not, and sent again it is done once.

The steps are every writing statement, every commit, every touch of the evidence folder, and the
moment between the last commit and the answer.
"""

import io
import shutil

import pytest
import samples
from killed_at import Steps, forked
from pressed import planned
from sheets import short
from soundness import counts, unsound
from sqlalchemy import select
from tally import tell
from trials import some
from workbooks import upload

from extensions import db
from issues.models import Notice
from issues.vocabulary import Status

pytestmark = pytest.mark.both
ANSWERED = {200, 302, 303}
FEW = 2
"""Steps that a try may be spared: a session is noted as seen once a minute."""
BEFORE = "before"
"""The name the state is kept under that each trial begins with."""


class Upload:
    """A photo onto a ticket."""

    files = ("file", samples.jpeg(), "现场.jpg")

    def prepare(self, browser, make_issue, _people):
        issue = make_issue(Status.RECTIFYING)
        self.url = f"/issues/{issue.number}/evidence"
        return browser.as_("chen").bare({"kind": "before", "once": "one-photo"})

    who = "chen"


class Close:
    """A ticket is struck off."""

    who, files = "sun", None

    def prepare(self, browser, make_issue, _people):
        issue = make_issue(Status.PUBLICITY)
        self.url = f"/issues/{issue.number}/acts/close"
        return browser.as_("sun").get(self.url).form(self.url).filled({"confirmed": "true"})


class Sign:
    """A notice is signed: its number, its page, its bytes."""

    who, files = "zhou", None

    def prepare(self, browser, _make_issue, people):
        issue = planned(people)
        browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=issue.number)
        notice = db.session.scalars(select(Notice.id).order_by(Notice.id.desc())).first()
        url, zhou = f"/notices/{notice}", browser.as_("zhou")
        form = zhou.get(url).form(f"{url}/edit").drawn()
        self.url = f"{url}/sign"
        return zhou.send(f"{url}/sign/confirm", **form).form(self.url).drawn()


class Import:
    """A ledger of four tickets is confirmed."""

    who, files = "sun", None

    def prepare(self, browser, _make_issue, _people):
        sun = browser.as_("sun")
        self.url = f"{upload(sun, short()).url}/confirm"
        return sun.get(self.url).form(self.url).drawn()


class Bulk:
    """Three drafts are assigned, each in a transaction of its own."""

    who, files, parts = "sun", None, 3

    def prepare(self, browser, make_issue, _people):
        drafts = [make_issue(Status.DRAFT).number for _ in range(self.parts)]
        sun, self.url = browser.as_("sun"), "/issues/bulk/do"
        page = sun.send("/issues/bulk", **sun.bare({"act": "assign", "number": drafts}))
        return page.form(self.url).drawn()


class Trial:
    """The state an act begins with, which each trial begins with anew."""

    def __init__(self, place, visitor, act, form):
        self.place, self.visitor, self.act, self.form = place, visitor, act, form
        self.files = place.folder / BEFORE
        db.session.remove()
        place.databases.leave(db.engine)
        place.databases.keep(BEFORE)
        shutil.rmtree(self.files, ignore_errors=True)
        if place.evidence.exists():
            shutil.copytree(place.evidence, self.files)

    def begin(self):
        db.session.remove()
        self.place.databases.leave(db.engine)
        if self.place.databases.copy(BEFORE):
            db.engine.dispose()
        shutil.rmtree(self.place.evidence, ignore_errors=True)
        if self.files.exists():
            shutil.copytree(self.files, self.place.evidence)

    def send(self, last=0):
        """How many steps it took and what the person was answered; None where it was killed."""
        steps = Steps(last)

        def act():
            with self.place.app.app_context():
                steps.of_statements(db.engine)
                steps.of_touches(self.place.evidence)
                files = {}
                if self.act.files:
                    name, data, called = self.act.files
                    files = {name: (io.BytesIO(data), called)}
                answer = self.visitor.client.post(
                    self.act.url, data=self.form | files, buffered=True
                )
                steps.one()
                return steps.taken, answer.status_code

        return forked(act)


@pytest.mark.by_turns
@pytest.mark.parametrize("kind", [Upload, Close, Sign, Import, Bulk])
def test_it_is_whole_or_not_at_all_and_sent_again_it_is_done_once(
    app, place, database, browser, make_issue, people, kind
):
    act = kind()
    trial = Trial(place, browser.as_(act.who), act, act.prepare(browser, make_issue, people))
    before = counts()
    steps, status = trial.send()
    assert status in ANSWERED
    done = counts()
    assert done != before
    whole = (before, done)

    spared, found, tried = 0, [], some(range(1, steps + 1), 2)
    for last in tried:
        trial.begin()
        if (ended := trial.send(last)) is not None:  # what is kept for a while saved it a step
            assert (last > steps - FEW, ended[1] in ANSWERED) == (True, True), ended
            spared += 1
            continue
        found += [f"{last}: {fault}" for fault in unsound(app.extensions["evidence"])]
        if not hasattr(act, "parts") and counts() not in whole:
            found.append(f"{last}: half")
        _, status = trial.send()
        if status not in ANSWERED or counts() != done:
            found.append(f"{last}: sent again it is answered {status}")
        found += [f"{last}, again: {fault}" for fault in unsound(app.extensions["evidence"])]
    trial.begin()
    place.databases.drop(BEFORE)
    tell(2, f"办理中被强制终止：{kind.__name__}（{steps}步）", len(tried) - spared, found, database)
