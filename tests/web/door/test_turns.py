"""What is slow has its turns: so many at once, so many waiting, the rest told when to come."""

import contextlib
from threading import Barrier, Thread

import pytest
from caller import Callers

from extensions import db
from issues.ground.refusals import Later
from issues.models import Notice
from issues.vocabulary import Status
from issues.web.door import turns
from issues.web.door.turns import Turns

SENTENCE = "人过多，请约 {} 秒后再试。"


@pytest.fixture
def crowded(app, monkeypatch):
    """Nobody finds a turn at what is named any more."""

    def crowd(name):
        full = Turns(1, 0, patience=1, usual=7, sentence=getattr(turns, name).sentence)
        stack.enter_context(full.turn())
        monkeypatch.setattr(turns, name, full)

    with contextlib.ExitStack() as stack:
        yield crowd


def test_one_works_one_waits_and_the_third_is_told_when_to_come(app):
    some, told = Turns(1, 1, patience=5, usual=3, sentence=SENTENCE), []
    inside, over = Barrier(2), Barrier(2)

    def work():
        with app.app_context(), some.turn():
            inside.wait(5)
            over.wait(5)
            told.append("worked")

    def wait():
        with app.app_context(), some.turn():
            told.append("waited")

    workers = [Thread(target=work), Thread(target=wait)]
    workers[0].start()
    inside.wait(5)
    workers[1].start()
    while some.inside < 2:
        pass
    with pytest.raises(Later) as refused, some.turn():
        pass
    over.wait(5)
    for worker in workers:
        worker.join(5)

    assert told == ["worked", "waited"]
    assert (refused.value.status, refused.value.wait) == (429, 6)
    assert refused.value.sentence == "人过多，请约 6 秒后再试。"
    with some.turn():  # and the places are free again
        pass


def test_nobody_waits_longer_than_the_patience(app):
    some = Turns(1, 1, patience=0.05, usual=0.1, sentence=SENTENCE)
    refused = []

    def come():
        with app.app_context():
            try:
                with some.turn():
                    pass
            except Later as later:
                refused.append(later.wait)

    with some.turn():
        other = Thread(target=come)
        other.start()
        other.join(5)

    assert refused == [1]


def test_who_waits_holds_no_connection(app):
    db.session.execute(db.text("SELECT 1"))
    before = db.engine.pool.checkedout()

    with turns.FILES.turn():
        assert (before, db.engine.pool.checkedout()) == (1, 0)


def test_a_sign_in_without_a_turn_is_told_when_to_come_and_counts_as_no_try(browser, crowded):
    free = [browser.stranger.post("/login", 422, username="sun", password="x") for _ in range(4)]
    crowded("PASSWORDS")

    for _ in range(3):  # three more would be one too many
        page = browser.stranger.post("/login", 429, username="sun", password="x")

    assert "请约 7 秒后再试" in page.text
    assert page.answer.headers["Retry-After"] == "7"
    assert "同时登录的人过多" not in free[0].text
    assert page.tree.one("input", name="username")["value"] == "sun"


def paths(issue, notice):
    yield "GET", "/issues/export.xlsx"
    yield "GET", "/board.pdf"
    yield "GET", "/board.xlsx"
    yield "GET", f"/notices/{notice}.pdf"
    yield "POST", f"/issues/{issue.number}/dossier"
    yield "POST", "/issues/import"


def test_a_file_without_a_turn_is_told_when_to_come(browser, make_issue, crowded):
    issue = make_issue(Status.ASSIGNED)
    notice = db.session.scalar(db.select(Notice.id))
    sun, api = browser.as_("sun"), Callers(browser.app)
    free = sun.get("/issues/export.xlsx")
    crowded("FILES")

    for method, path in paths(issue, notice):
        page = sun.get(path, 429) if method == "GET" else sun.post(path, 429)
        assert "请约 7 秒后再试" in page.text, path
        assert page.answer.headers["Retry-After"] == "7"
    problem = api.sun.get(f"/notices/{notice}.pdf", 429)

    assert free.status == 200
    assert problem.json["type"] == "too-many-requests"
    assert "请约 7 秒后再试" in problem.json["detail"]
    sun.get("/issues")  # a page is not a file
