"""Notices by the API: drafted, edited, signed, signed for and answered, each by who may."""

import pytest
from pressed import ANSWER, plan_rows
from schema_check import faults
from small_files import paper

from issues.vocabulary import Action, Status

SHAPE = {
    "id", "kind", "status", "number", "issues", "trigger", "unit", "signed_on", "sign_due",
    "reply_due", "acknowledged_at", "replied_at", "sha256",
}  # fmt: skip
READER = {"name": "陈经办", "phone": "0827-5260000"}


@pytest.fixture
def red(make_issue):
    """The number of a ticket with a red card."""
    issue = make_issue(Status.RECTIFYING)
    make_issue.act(Action.RAISE_CARD, issue, "sun", colour="red", reason="进展迟缓")
    return issue.number


@pytest.mark.postgresql
def test_a_notice_goes_from_draft_to_answered(api, red):
    draft = api.sun.post("/notices", {"kind": "N3", "issues": [red]}, 201)
    path = f"/notices/{draft['id']}"
    assert set(draft.json) >= SHAPE
    assert (draft["status"], draft["number"], draft["issues"]) == ("draft", None, [red])
    assert draft.headers["Location"] == f"/api/v1{path}"
    api.chen.get(path, 404)

    edited = api.sun.post(f"{path}/actions/edit", {"contact_name": "孙经办"})
    old = {"If-Match": draft.headers["ETag"]}
    api.sun.post(f"{path}/actions/edit", {"contact_name": "别人"}, 412, headers=old)
    assert edited["version"] > draft["version"]
    api.sun.post(f"{path}/actions/sign", {}, 403)
    signed = api.zhou.post(f"{path}/actions/sign")

    assert signed["status"] == "signed"
    assert "〔2025〕1号" in signed["number"]
    assert signed["signed_on"] == "2025-11-25"
    assert len(signed["sha256"]) == 64
    api.zhou.post(f"{path}/actions/sign", {}, 409)
    pdf = api.chen.get(f"{path}.pdf")
    assert pdf.data.startswith(b"%PDF-")
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert api.sun.get(f"{path}.pdf").data == pdf.data

    api.liu.get(path, 404)
    api.chen.post(f"{path}/actions/acknowledge", {"name": "陈经办"}, 422)
    taken = api.chen.post(f"{path}/actions/acknowledge", READER)
    assert taken["acknowledged_at"].endswith("+08:00")
    file = api.chen.upload(red, paper(1), "整改情况.pdf", "other")["id"]
    answer = {"text": ANSWER, "plan": plan_rows(), "evidence": [999999]}
    api.chen.post(f"{path}/actions/reply", answer, 403)
    api.chenlead.post(f"{path}/actions/reply", answer, 422)
    api.chenlead.post(f"{path}/actions/reply", {"text": ANSWER, "evidence": [file]}, 422)
    answered = api.chenlead.post(f"{path}/actions/reply", answer | {"evidence": [file]})
    assert answered["replied_at"].endswith("+08:00")
    document = api.sun.get("/openapi.json").json
    schema = {"$ref": "#/components/schemas/Notice"}
    assert list(faults(answered.json, schema, document)) == []


def test_signing_may_bring_words_and_need_not(api, red):
    draft = api.sun.post("/notices", {"kind": "N3", "issues": [red]}, 201)
    path = f"/notices/{draft['id']}/actions/sign"
    false = {"consequence": "该事项符合销号条件，予以销号。"}
    refused = api.zhou.post(path, false, 422)
    assert "“销号”没有依据" in refused["errors"]["consequence"][0]
    api.zhou.post(path, {"paper": "0" * 64}, 409)
    api.zhou.post(path, {"number": "某字〔2025〕9号"}, 422)
    assert api.sun.get(f"/notices/{draft['id']}")["version"] == draft["version"]

    signed = api.zhou.post(path, {"consequence": "逾期不改的，提请约谈。"})

    assert signed["status"] == "signed"


def test_what_the_record_does_not_tell_is_not_signed(api, make_issue):
    """Each was signed once: of a ticket just assigned, green and without a card."""
    number = make_issue(Status.ASSIGNED).number
    said = {
        "N3": ("zhou", {}, "红牌督办的情形"),
        "N2": ("zhou", {}, "黄牌督办的情形"),
        "N8": ("sun", {"outcome_what": "closed"}, "销号"),
        "N4": ("zhao", {}, "约谈地点"),
        "N7": ("zhao", {}, "移交的线索"),
    }
    for kind, (signer, words, claim) in said.items():
        by = api.zhou if kind == "N7" else api.sun
        draft = by.post("/notices", {"kind": kind, "issues": [number]}, 201)
        path = f"/notices/{draft['id']}/actions"
        refused = getattr(api, signer).post(f"{path}/sign", words, 422)
        told = "".join(said for at in refused["errors"].values() for said in at)
        assert f"“{claim}”没有依据" in told
    for what, claim in (("returned", "验收退回"), ("lifted", "摘牌")):
        draft = api.sun.post("/notices", {"kind": "N8", "issues": [number]}, 201)
        path = f"/notices/{draft['id']}/actions"
        refused = api.sun.post(f"{path}/sign", {"outcome_what": what}, 422)
        assert f"“{claim}”没有依据" in refused["errors"]["outcome_what"][0]
    draft = api.sun.post("/notices", {"kind": "N1", "issues": [number]}, 201)
    assert api.sun.post(f"/notices/{draft['id']}/actions/sign")["status"] == "signed"


def test_a_void_keeps_its_number(api, red):
    draft = api.sun.post("/notices", {"kind": "N3", "issues": [red]}, 201)
    path = f"/notices/{draft['id']}/actions"
    number = api.zhou.post(f"{path}/sign")["number"]

    api.zhou.post(f"{path}/void", {}, 422)
    said = api.zhou.post(f"{path}/void", {"reason": "对象有误"})

    assert (said["status"], said["number"]) == ("void", number)


def test_who_may_draft_what(api, red):
    """403 before 404 before 422."""
    api.chen.post("/notices", {"nonsense": 1}, 403)
    api.lin.post("/notices", {"kind": "N1", "issues": [red]}, 403)
    api.zhou.post("/notices", {"kind": "N1", "issues": [red]}, 403)
    api.sun.post("/notices", {"kind": "N7", "issues": [red]}, 403)
    api.sun.post("/notices", {"kind": "N1", "issues": ["BZ-AF-2025-999"]}, 404)
    for wrong in ({"kind": "N99", "issues": [red]}, {"kind": "N1"}, {"issues": [red]}, {"a": 1}):
        api.sun.post("/notices", wrong, 422)
    assert api.zhou.post("/notices", {"kind": "N7", "issues": [red]}, 201)["kind"] == "N7"


@pytest.mark.both
def test_the_list_shows_each_what_they_may_see(api, red):
    first = api.sun.post("/notices", {"kind": "N1", "issues": [red]}, 201)["id"]
    second = api.sun.post("/notices", {"kind": "N3", "issues": [red]}, 201)["id"]

    def ids(caller, **query):
        said = caller.get("/notices", query_string=query)
        assert said["total"] >= len(said["items"])
        return [notice["id"] for notice in said["items"]]

    kinds = {n["id"]: n["kind"] for n in api.sun.get("/notices")["items"]}
    assert (kinds[first], kinds[second]) == ("N1", "N3")
    assert ids(api.sun, kind="N1", status="draft") >= [first]
    assert ids(api.sun, kind="N9") == []
    assert second in ids(api.sun, issue=red)
    assert ids(api.sun, limit=1) == [second]
    assert ids(api.sun, limit=1, after=1) != [second]
    assert first not in ids(api.chen)
    api.sun.get("/notices", 422, query_string={"colour": "red"})
    api.auditor.get("/notices", 403)


def test_an_act_that_is_not_there_and_a_notice_that_is_not_there(api, red):
    draft = api.sun.post("/notices", {"kind": "N1", "issues": [red]}, 201)["id"]

    api.sun.post(f"/notices/{draft}/actions/burn", {}, 404)
    api.sun.post(f"/notices/{draft}/actions/draft", {}, 404)
    api.sun.post("/notices/999999/actions/sign", {}, 404)
    api.sun.get("/notices/999999.pdf", 404)
