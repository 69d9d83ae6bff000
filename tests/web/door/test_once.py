"""At every door of the pages: the same sent twice acts once, anything else is never dropped."""

import contextvars
import io
import threading

import pytest
import samples
from markup import parse
from page import Form
from sqlalchemy import func, select

from extensions import db
from issues.models import CovertNote, CovertPhoto, Evidence, Issue, Notice, ProgressReport
from issues.vocabulary import Status

ANSWERED = {200, 302, 303}
REUSED = "此表单已提交过一次"


def count(*models):
    db.session.expire_all()
    return [db.session.scalar(select(func.count()).select_from(model)) for model in models]


class Door:
    """One form, filled in; `word` is the field in which a second sending says something else."""

    word, field, encloses, goes_on = "note", "file", True, True

    def __init__(self, browser, make_issue):
        self.visitor = browser.as_(self.who)
        self.prepare(make_issue)
        self.before = self.effects()

    def sent(self, form, *files, expect=ANSWERED):
        named = {self.field: [(io.BytesIO(data), name) for data, name in files]} if files else {}
        url, client = self.url, self.visitor.client
        db.session.rollback()
        alone = contextvars.Context()
        answer = alone.run(
            client.post, url, data=form | named, follow_redirects=True, buffered=True
        )
        answer.request.environ["wsgi.input"].close()
        db.session.rollback()
        assert answer.status_code in expect, answer.get_data(as_text=True)
        return answer.get_data(as_text=True)

    def gained(self):
        return [now - then for now, then in zip(self.effects(), self.before, strict=True)]

    def adds(self, files):
        return len(files)

    def drawn(self, page):
        return self.visitor.get(page).form(self.url).drawn()


class CovertPhotos(Door):
    """A page's own act: `acting`."""

    who, word = "lin", None

    def prepare(self, _make_issue):
        self.url = "/covert/new"
        found = {"title": "夜间偷排", "findings": "后门直排。", "at": "2025-11-24T22:10"}
        self.sent(self.drawn("/covert/new") | found | {"region": "511902"})
        note = db.session.scalars(select(CovertNote)).one()
        self.page, self.url = f"/covert/{note.id}", f"/covert/{note.id}/photos"

    def form(self):
        return self.drawn(self.page)

    def effects(self):
        return count(CovertPhoto)

    def adds(self, files):
        """Of one note the same bytes are one photo, by whatever name."""
        return sum(data != A[0] for data, _ in files)


class Progress(Door):
    """An act on a ticket, with photos."""

    who, word = "chen", "text"

    def prepare(self, make_issue):
        self.url = f"/issues/{make_issue(Status.RECTIFYING).number}/acts/report_progress"

    def form(self):
        return self.drawn(self.url) | {"text": "管网已清淤两公里。"}

    def effects(self):
        return count(ProgressReport, Evidence)


class Registering(Door):
    who, word, encloses, url = "sun", "title", False, "/issues/new"

    def prepare(self, _make_issue):
        pass

    def form(self):
        return self.drawn(self.url) | {
            "title": "场镇污水直排",
            "problem": "直排。",
            "source": "AF",
            "region": "511902",
        }

    def effects(self):
        return count(Issue)


class Gallery(Door):
    """Files sent in without script."""

    who = "chen"

    def prepare(self, make_issue):
        self.url = f"/issues/{make_issue(Status.RECTIFYING).number}/evidence"

    def form(self):
        return self.drawn(self.url) | {"kind": "before"}

    def effects(self):
        return count(Evidence)


class Bulk(Door):
    """One act on many tickets. What became of each stands at its row."""

    who, word, encloses, goes_on, url = "sun", None, False, False, "/issues/bulk/do"

    def prepare(self, make_issue):
        self.numbers = [make_issue(Status.RECTIFYING).number for _ in range(2)]

    def form(self):
        chosen = self.visitor.bare({"act": "remind", "number": self.numbers})
        return self.visitor.send("/issues/bulk", **chosen).form(self.url).drawn()

    def effects(self):
        return count(Notice)


DOORS = [CovertPhotos, Progress, Registering, Gallery, Bulk]
WITH_FILES = [door for door in DOORS if door.encloses]
WITH_WORDS = [door for door in DOORS if door.word]
A, B = (samples.png(), "现场.png"), (samples.jpeg(), "现场.jpg")
B_AS_A = (samples.encoded(samples.picture(tone=9), "PNG"), "现场.png")


@pytest.fixture
def door(request, browser, make_issue):
    return request.param(browser, make_issue)


def of(doors):
    return pytest.mark.parametrize("door", doors, indirect=True, ids=lambda door: door.__name__)


@of(DOORS)
def test_the_same_sent_twice_acts_once(door):
    form, files = door.form(), [A] if door.encloses else []

    door.sent(form, *files)
    once = door.gained()
    door.sent(form, *files)

    assert any(once)
    assert door.gained() == once


@of(WITH_FILES)
@pytest.mark.parametrize("other", [[B], [B_AS_A], [A, B], [(A[0], "另一张.png")]])
def test_other_files_with_a_used_key_are_told_and_kept_when_sent_again(door, other):
    form = door.form()
    door.sent(form, A)
    once = door.gained()

    page = door.sent(form, *other, expect={422})
    assert REUSED in page
    assert door.gained() == once

    fresh = form | {"once": key_on(page, door)} | version_on(page)
    assert fresh["once"] != form["once"]
    door.sent(fresh, *other)
    assert door.gained()[-1] == once[-1] + door.adds(other)


@of(WITH_WORDS)
def test_other_words_with_a_used_key_are_told_and_kept_when_sent_again(door):
    form, files = door.form(), [A] if door.encloses else []
    door.sent(form, *files)
    once = door.gained()
    form |= {door.word: "另一句话"}

    page = door.sent(form, *files, expect={422})
    assert REUSED in page
    assert "另一句话" in page
    assert door.gained() == once

    door.sent(form | {"once": key_on(page, door)} | version_on(page), *files)
    assert door.gained() == [2 * each for each in once]


def test_of_many_tickets_one_more_chosen_is_done_and_the_others_stay_done(browser, make_issue):
    door = Bulk(browser, make_issue)
    form = door.form()

    door.sent(form | {"row": form["row"][:1]})
    assert door.gained() == [1]
    page = door.sent(form)

    assert "已办理 2 件，未办理 0 件" in parse(page).text
    assert door.gained() == [2]


def test_of_many_tickets_another_act_with_a_used_key_is_told_at_each(browser, make_issue):
    door = Bulk(browser, make_issue)
    form = door.form()
    door.sent(form)

    page = door.sent(form | {"act": "inspector", "inspector": "lin2", "reason": "分工调整"})

    assert "已办理 0 件，未办理 2 件" in parse(page).text
    assert page.count("且与第一次不同") == 2
    assert door.gained() == [2]


@pytest.mark.both
@of(DOORS)
def test_two_at_once_act_once(door):
    form, files = door.form(), [A] if door.encloses else []
    cookie = door.visitor.client.get_cookie("session").value
    answers, start = [], threading.Barrier(2)
    db.session.rollback()

    def send():
        client = door.visitor.app.test_client()
        client.set_cookie("session", cookie)
        named = {"file": [(io.BytesIO(data), name) for data, name in files]} if files else {}
        start.wait()
        answers.append(client.post(door.url, data=form | named).status_code)

    senders = [threading.Thread(target=contextvars.Context().run, args=(send,)) for _ in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert len(set(answers)) == 1, answers
    assert answers[0] in ANSWERED
    assert door.gained() == ([2] if isinstance(door, Bulk) else [1] * len(door.gained()))


@pytest.mark.parametrize("key", ["键", "\ud800"])
def test_a_key_nobody_gave_out_is_no_key(browser, make_issue, key):
    door = Registering(browser, make_issue)
    raw = key.encode("utf-8", "surrogatepass")

    door.sent(door.form() | {"once": raw})

    assert door.gained() == [1]


def key_on(page, door):
    return field_on(page, door.url, "once")


def version_on(page):
    """Of a ticket's form the version it now stands at."""
    return {"version": found} if (found := field_on(page, None, "version")) else {}


def field_on(page, url, name):
    forms = parse(page).all("form")
    for node in forms:
        drawn = Form(node).drawn()
        if name in drawn and (url is None or (node["action"] or url).endswith(url)):
            return drawn[name]
    return None
