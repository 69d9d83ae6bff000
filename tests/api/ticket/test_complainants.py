"""Who complained: read by the cleared alone, and nowhere else."""

import pytest
from drafts import DRAFT

SECRET = {"name": "王某某", "phone": "13900001111", "address": "某村一组", "note": "怕报复"}


@pytest.fixture
def complaint(api):
    said = api.sun.post("/issues", DRAFT | {"source": "SX", "complainant": SECRET}, 201)
    api.sun.act(said["number"], "assign")
    return said


@pytest.mark.both
def test_a_complainant_is_read_by_the_cleared_alone_and_each_look_is_recorded(api, complaint):
    path, reason = f"/issues/{complaint['number']}/complainant", {"reason": "核实情况"}

    for who in (api.sun, api.zhou, api.lin, api.chen, api.liu, api.zhao):
        who.get(path, 403, query_string=reason)
    for who in (api.wu, api.sysadmin, api.auditor):
        who.get(path, 404, query_string=reason)
    word = {"user": "lin", "reason": "回访", "until": "2025-11-30"}
    api.sun.act(complaint["number"], "grant_clearance", word, 403)
    api.chen.act(complaint["number"], "grant_clearance", word, 403)
    api.zhou.act(complaint["number"], "grant_clearance", word | {"until": "2025-11-24"}, 422)
    api.zhou.act(complaint["number"], "grant_clearance", word | {"user": "nobody"}, 422)
    api.zhou.act(complaint["number"], "grant_clearance", word)

    api.lin.get(path, 422)
    assert api.lin.get(path, query_string=reason).json == SECRET
    api.sun.get(path, 403, query_string=reason)
    rows = api.sun.get(f"/issues/{complaint['number']}/history")["items"]
    assert [row["action"] for row in rows][-2:] == ["grant_clearance", "view_complainant"]
    assert rows[-1]["reason"] == "核实情况"
    told = api.chen.get(f"/issues/{complaint['number']}/history")["items"]
    assert not {"grant_clearance", "view_complainant"} & {row["action"] for row in told}


def test_nothing_else_tells_who_complained(api, complaint):
    number = complaint["number"]
    for who in (api.sun, api.lin, api.zhou, api.chen):
        for path in ("", "/history", "/actions", "/firings", "/evidence"):
            said = who.get(f"/issues/{number}{path}").data.decode()
            assert not any(word in said for word in SECRET.values()), path
    assert not any(word in complaint.data.decode() for word in SECRET.values())


def test_only_the_head_is_offered_to_clear_and_only_where_someone_complained(api, complaint, draft):
    def offered(who, number):
        return [item["action"] for item in who.get(f"/issues/{number}/actions")["items"]]

    assert "grant_clearance" in offered(api.zhou, complaint["number"])
    assert "grant_clearance" not in offered(api.sun, complaint["number"])
    assert "grant_clearance" not in offered(api.zhou, draft["number"])
