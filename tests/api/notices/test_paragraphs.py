"""The paragraphs of a draft by the API: read, put in order, confirmed at signing."""

import pytest

from issues.vocabulary import Action, Status


@pytest.fixture
def path(api, make_issue):
    issue = make_issue(Status.RECTIFYING)
    make_issue.act(Action.RAISE_CARD, issue, "sun", colour="red", reason="进展迟缓")
    draft = api.sun.post("/notices", {"kind": "N3", "issues": [issue.number]}, 201)
    return f"/notices/{draft['id']}"


def sent(items, **changed):
    rows = [{"id": one["id"], "text": one["text"], "level": one["level"], "struck": one["struck"]}
            for one in items]  # fmt: skip
    for place, change in changed.items():
        rows[int(place.removeprefix("row"))] |= change
    return rows


def test_paragraphs_are_read_put_and_confirmed_at_signing(api, path):
    found = api.sun.get(f"{path}/paragraphs")
    items = found["items"]
    assert {one["state"] for one in items} == {"kept"}
    assert all(one["confirm"] is None and one["source"] for one in items)
    rows = sent(items, row2={"text": "问题来源。群众反映。"}, row3={"struck": True})
    rows.insert(3, {"text": "请高度重视。"})
    etag = {"If-Match": found.headers["ETag"]}

    made = api.sun.patch(f"{path}/paragraphs", {"paragraphs": rows}, headers=etag)
    states = [one["state"] for one in made["items"]]
    assert states[2:5] == ["edited", "added", "struck"]
    api.sun.patch(f"{path}/paragraphs", {"paragraphs": rows}, 412, headers=etag)
    again = api.sun.get(f"{path}/paragraphs")["items"]
    assert again == made["items"]

    tokens = [one["confirm"] for one in again if one["confirm"]]
    assert len(tokens) == 3
    refused = api.zhou.post(f"{path}/actions/sign", {"confirmed": tokens[:2]}, 422)
    assert len(refused["errors"]) == 1
    api.zhou.post(f"{path}/actions/sign", {}, 422)
    signed = api.zhou.post(f"{path}/actions/sign", {"confirmed": tokens})
    assert signed["status"] == "signed"
    api.sun.get(f"{path}/paragraphs", 409)


def test_a_list_that_leaves_one_out_or_names_it_twice_is_refused(api, path):
    items = api.sun.get(f"{path}/paragraphs")["items"]
    for rows in (sent(items)[1:], [*sent(items), sent(items)[0]], [{"id": "0" * 10, "text": "甲"}]):
        api.sun.patch(f"{path}/paragraphs", {"paragraphs": rows}, 422)
    api.chen.get(f"{path}/paragraphs", 404)
    api.lin.patch(f"{path}/paragraphs", {"paragraphs": sent(items)}, 403)


def test_nothing_changed_is_no_version(api, path):
    found = api.sun.get(f"{path}/paragraphs")
    made = api.sun.patch(f"{path}/paragraphs", {"paragraphs": sent(found["items"])})
    assert {one["state"] for one in made["items"]} == {"kept"}
