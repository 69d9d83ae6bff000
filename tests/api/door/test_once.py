"""The same key within 24 hours: one effect, one answer."""

import contextvars
import threading
from datetime import timedelta

import pytest
from drafts import DRAFT
from small_files import paper
from sqlalchemy import update

from extensions import db, transaction
from issues.ground import clock
from issues.models import OnceKey

KEY = {"Idempotency-Key": "first-of-its-kind"}


@pytest.mark.both
def test_the_same_key_gives_the_first_answer_again(api):
    first = api.sun.post("/issues", DRAFT, 201, headers=KEY)
    again = api.sun.post("/issues", DRAFT, 201, headers=KEY)

    assert again.data == first.data
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Content-Type"] == first.headers["Content-Type"]
    assert api.sun.get("/issues")["total"] == 1


@pytest.mark.both
def test_an_act_is_done_once_even_where_it_could_not_be_done_twice(api, draft):
    number = draft["number"]

    first = api.sun.act(number, "assign", headers=KEY)
    again = api.sun.act(number, "assign", headers=KEY)

    assert again.data == first.data
    api.sun.act(number, "assign", {}, 409)
    acts = [row["action"] for row in api.sun.get(f"/issues/{number}/history")["items"]]
    assert acts == ["register", "assign"]


@pytest.mark.both
def test_the_same_key_with_another_body_or_place_is_refused(api, draft):
    api.sun.post("/issues", DRAFT, 201, headers=KEY)

    api.sun.post("/issues", DRAFT | {"title": "另一件"}, 422, headers=KEY)
    api.sun.act(draft["number"], "assign", {}, 422, headers=KEY)
    assert api.sun.get("/issues")["total"] == 2


def test_another_persons_same_key_is_another_key(api):
    api.sun.post("/issues", DRAFT, 201, headers=KEY)
    api.lin.post("/issues", DRAFT, 201, headers=KEY)

    assert api.sun.get("/issues")["total"] == 2


def test_a_refused_act_leaves_its_key_unused(api):
    api.sun.post("/issues", DRAFT | {"title": ""}, 422, headers=KEY)
    api.sun.post("/issues", DRAFT, 201, headers=KEY)

    assert api.sun.get("/issues")["total"] == 1


def test_after_24_hours_a_key_is_new(api):
    api.sun.post("/issues", DRAFT, 201, headers=KEY)
    with transaction():
        long_ago = clock.real_now() - timedelta(hours=24, seconds=1)
        db.session.execute(update(OnceKey).values(at=long_ago))

    api.sun.post("/issues", DRAFT, 201, headers=KEY)

    assert api.sun.get("/issues")["total"] == 2


def test_keys_that_begin_alike_are_not_the_same(api):
    for end in ("a", "b"):
        api.sun.post("/issues", DRAFT, 201, headers={"Idempotency-Key": "x" * 200 + end})

    assert api.sun.get("/issues")["total"] == 2
    api.sun.post("/issues", DRAFT, 422, headers={"Idempotency-Key": "x" * 256})
    api.sun.post("/issues", DRAFT, 422, headers={"Idempotency-Key": ""})


@pytest.mark.both
def test_a_file_sent_twice_with_one_key_is_one_file(api, draft):
    number = draft["number"]

    first = api.sun.upload(number, paper(1), "方案.pdf", "plan", headers=KEY)
    again = api.sun.upload(number, paper(1), "方案.pdf", "plan", headers=KEY)

    assert again.data == first.data
    for other in ((paper(2), "方案.pdf", "plan"), (paper(1), "另一份.pdf", "plan")):
        api.sun.upload(number, *other, expect=422, headers=KEY)
    api.sun.upload(number, paper(1), "方案.pdf", "monitoring", expect=422, headers=KEY)
    assert api.sun.get(f"/issues/{number}/evidence")["total"] == 1


@pytest.mark.both
def test_the_same_key_at_the_same_moment_has_one_effect(app, api):
    headers = KEY | {"Authorization": f"Bearer {api.sun.token}"}
    answers, start = [], threading.Barrier(6)

    def send():
        client = app.test_client()
        start.wait()
        answer = client.post("/api/v1/issues", json=DRAFT, headers=headers)
        answers.append((answer.status_code, answer.data))

    db.session.rollback()
    threads = [threading.Thread(target=contextvars.Context().run, args=(send,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(answers)) == 1, answers
    assert answers[0][0] == 201
    assert api.sun.get("/issues")["total"] == 1


@pytest.mark.both
def test_of_two_changes_of_one_version_at_the_same_moment_one_wins(app, api, draft):
    """The loser is told, and nothing it wrote is kept."""
    headers = {"Authorization": f"Bearer {api.sun.token}", "If-Match": '"1"'}
    answers, start = [], threading.Barrier(4)

    def send(title):
        client = app.test_client()
        start.wait()
        url = f"/api/v1/issues/{draft['number']}"
        answers.append(client.patch(url, json={"title": title}, headers=headers).status_code)

    db.session.rollback()
    threads = [
        threading.Thread(target=contextvars.Context().run, args=(send, f"第{place}个"))
        for place in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [200, 412, 412, 412]
    assert len(api.sun.get(f"/issues/{draft['number']}/history")["items"]) == 2
