"""One's own messages by the API: the same that the page shows, read one by one."""

import pytest

from auth import people as acts
from auth.actor import SYSTEM
from extensions import db, transaction
from issues.api.door import scopes
from issues.messages import inbox as reading
from issues.models import Message
from issues.vocabulary import Status, TokenScope

pytestmark = pytest.mark.both


def test_a_person_reads_their_own_messages_and_nobody_else_s(api, people, make_issue):
    issue = make_issue(Status.PLAN_REVIEW)
    said = api.liu.get("/messages")
    (first,) = [one for one in said["items"] if one["event"] == "decision"]
    assert (first["called"], first["read_at"]) == (issue.number, None)
    assert first["path"] == f"/issues/{issue.number}"
    act = f"/messages/{first['id']}/actions/read"
    assert api.wu.get("/messages")["total"] == 0
    api.wu.post(act, {}, 404)
    assert db.session.get_one(Message, first["id"]).read_at is None
    api.liu.post(act, {"x": 1}, 422)

    assert api.liu.post(act)["read_at"].endswith("+08:00")
    unread = api.liu.get("/messages?show=unread")
    assert unread["total"] == said["total"] - 1
    assert api.liu.get("/messages?event=work")["total"] == 0
    for wrong in ("event=x", "show=all", "x=1"):
        api.liu.get(f"/messages?{wrong}", 422)


def test_a_list_is_cut_and_asks_as_much_for_one_as_for_all(api, make_issue):
    make_issue(Status.PLANNING)
    make_issue(Status.PLANNING, title="另一处问题")
    whole = api.chen.get("/messages")["items"]
    one = api.chen.get("/messages?limit=1")
    rest = api.chen.get(f"/messages?after={one['next']}")

    assert one["items"] + rest["items"] == whole
    assert len(one.statements) == len(rest.statements)


def test_a_machine_is_shown_no_messages_and_a_reader_marks_none(
    api, people, make_issue, monkeypatch
):
    make_issue(Status.PLAN_REVIEW)
    (first, *_rest) = api.liu.get("/messages")["items"]
    act = f"/messages/{first['id']}/actions/read"

    def caller(scope):
        with transaction():
            return api.with_token(acts.issue_token(SYSTEM, people.liu.id, scope=scope))

    machine, reader = caller(TokenScope.LEADS), caller(TokenScope.READ)
    machine.get("/messages", 403)
    machine.post(act, {}, 403)
    reader.post(act, {}, 403)
    assert reader.get("/messages?show=unread")["total"] >= 1

    monkeypatch.setitem(scopes.ALLOWS, TokenScope.LEADS, lambda: True)  # the scope is what refuses
    machine.get("/messages")
    machine.post(act)


def test_who_may_not_open_a_message_is_refused_by_its_owner(api, people, make_issue, monkeypatch):
    """The control of the 404: without the condition anybody would read it."""
    make_issue(Status.PLAN_REVIEW)
    (first, *_rest) = api.liu.get("/messages")["items"]
    monkeypatch.setattr(reading, "own", lambda _actor: Message.id > 0)

    assert api.wu.post(f"/messages/{first['id']}/actions/read")["id"] == first["id"]
