"""Files as proof: sent in, listed, and given out byte for byte."""

import hashlib
import io

import pytest
from schema_check import faults
from small_files import paper, photo

from extensions import db, transaction
from issues.models import Notice
from issues.vocabulary import NoticeStatus, Status

PROMISED = {"id", "sha256", "size", "kind", "taken_at", "version"}
LISTED = {"id", "kind", "version", "name", "size", "sha256", "taken_at", "uploaded_at", "by"}


@pytest.mark.both
def test_a_file_comes_back_byte_for_byte(api, make_issue):
    number, data = make_issue(Status.RECTIFYING).number, photo(7)

    said = api.chen.upload(number, data, "排口 现场.jpg", "before", note="整改前")

    assert set(said.json) >= PROMISED
    assert said["sha256"] == hashlib.sha256(data).hexdigest()
    assert (said["size"], said["kind"], said["version"]) == (len(data), "before", 1)
    original = api.liu.get(said.headers["Location"])
    assert original.data == data
    assert original.headers["Content-Type"] == "image/jpeg"
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert original.headers["Content-Length"] == str(len(data))
    assert "sandbox" in original.headers["Content-Security-Policy"]
    api.wu.get(said.headers["Location"], 404)


def test_the_list_has_flags_for_reviewers_only(api, make_issue):
    number = make_issue(Status.RECTIFYING).number
    api.chen.upload(number, photo(1), "前.jpg", "before")
    api.chen.upload(number, photo(1), "后.jpg", "after")
    document = api.sun.get("/openapi.json").json

    for reviewer in (api.sun, api.lin, api.liu):
        rows = reviewer.get(f"/issues/{number}/evidence")["items"]
        assert all(set(row) == LISTED | {"flags"} for row in rows)
        kinds = {flag["kind"] for row in rows for flag in row["flags"]}
        assert "near_identical" in kinds
        schema = {"$ref": "#/components/schemas/Evidence"}
        assert [fault for row in rows for fault in faults(row, schema, document)] == []
    for other in (api.chen, api.zhao):
        rows = other.get(f"/issues/{number}/evidence").json
        assert all(set(row) == LISTED for row in rows["items"])
        assert rows["total"] == 2
    assert rows["items"][0]["uploaded_at"].endswith("+08:00")


@pytest.mark.parametrize(
    ("data", "name", "kind", "status"),
    [
        (b"", "空.pdf", "plan", 422),
        (b"nonsense", "假.pdf", "plan", 415),
        (paper(1), "程序.exe", "plan", 415),
        (paper(1), "图.jpg", "before", 415),
        (b"x" * (26 * 1024 * 1024), "大.pdf", "plan", 413),
        (paper(1), "方案.pdf", "no_such_kind", 422),
    ],
)
def test_a_file_that_is_not_taken_is_refused_and_not_kept(api, draft, data, name, kind, status):
    api.sun.upload(draft["number"], data, name, kind, expect=status)

    assert api.sun.get(f"/issues/{draft['number']}/evidence")["total"] == 0


def test_a_form_that_is_wrong_is_told_at_its_field(api, draft):
    path = f"/issues/{draft['number']}/evidence"
    file = (io.BytesIO(paper(1)), "方案.pdf")

    def said(**form):
        return list(api.sun.ask("POST", path, 422, data=form)["errors"])

    assert said(x="y", file=file) == ["x"]
    assert said(kind="plan", measure="x", file=(io.BytesIO(paper(1)), "a.pdf")) == ["measure"]
    assert said(kind="plan", measure="999", file=(io.BytesIO(paper(1)), "a.pdf")) == ["measure"]
    assert said(kind="plan", other=(io.BytesIO(paper(1)), "a.pdf")) == ["other", "file"]


@pytest.mark.both
def test_who_may_add_files_when(api, make_issue):
    """Refused in order: 404 out of sight, 403 not theirs, 409 not now."""
    working = make_issue(Status.RECTIFYING).number
    checked = make_issue(Status.SITE_CHECK).number

    api.wu.upload(working, paper(1), "a.pdf", "other", expect=404)
    api.zhou.upload(working, paper(2), "a.pdf", "other", expect=403)
    api.zhao.upload(working, paper(3), "a.pdf", "other", expect=403)
    api.chen.upload(checked, paper(4), "a.pdf", "other", expect=409)
    api.chen.upload(working, paper(5), "a.pdf", "other")
    api.sun.upload(checked, paper(6), "a.pdf", "other")
    api.lin.upload(checked, photo(3), "a.jpg", "site_check")


def test_a_units_file_for_an_answer_is_taken_at_any_time(api, make_issue):
    issue = make_issue(Status.SITE_CHECK)
    number, day = issue.number, issue.first_assigned_on
    api.chen.upload(number, paper(1), "a.pdf", "other", expect=409)

    said = api.sun.post("/notices", {"kind": "N1", "issues": [number]}, 201)
    api.chen.upload(number, paper(1), "a.pdf", "other", expect=409)
    with transaction():
        row = db.session.get(Notice, said["id"])
        row.number, row.sha256, row.status = "提〔2025〕1号", "0" * 64, NoticeStatus.SIGNED
        row.signed_on = row.reply_due = day

    api.chen.upload(number, paper(1), "a.pdf", "other")
    api.wu.upload(number, paper(2), "a.pdf", "other", expect=404)


def test_covert_files_are_not_for_units(api, make_issue):
    number = make_issue(Status.CLOSED).number
    seen = api.chen.get(f"/issues/{number}/evidence")["total"]
    covert = api.lin.upload(number, photo(9), "暗访.jpg", "other")

    assert api.chen.get(f"/issues/{number}/evidence")["total"] == seen
    api.chen.get(covert.headers["Location"], 404)
    api.zhao.get(covert.headers["Location"], 404)
    assert api.sun.get(f"/issues/{number}/evidence")["total"] == seen + 1
    api.sun.get(covert.headers["Location"])


def test_a_damaged_original_is_told_and_never_given(api, app, make_issue, place):
    number = make_issue(Status.RECTIFYING).number
    said = api.chen.upload(number, paper(1), "a.pdf", "other")
    (path,) = [one for one in place.evidence.rglob(said["sha256"]) if one.is_file()]
    path.chmod(0o600)
    path.write_bytes(b"changed")

    damaged = api.sun.get(said.headers["Location"], 500)

    assert damaged["type"] == "evidence-damaged"
    assert b"changed" not in damaged.data


def test_a_file_of_another_ticket_is_not_there(api, make_issue):
    mine, other = make_issue(Status.RECTIFYING).number, make_issue(Status.RECTIFYING).number
    said = api.chen.upload(mine, paper(1), "a.pdf", "other")

    api.chen.get(f"/issues/{other}/evidence/{said['id']}/file", 404)
    api.chen.get(f"/issues/{mine}/evidence/999999/file", 404)
