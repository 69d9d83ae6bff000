"""Files of a ticket: who may send them in, what is kept, and that nothing kept is lost."""

import io
import re

import pytest
import samples
from sqlalchemy import select

from extensions import db
from issues.evidence.intake.incoming import key_of
from issues.models import Event, Evidence
from issues.vocabulary import EvidenceKind, Status

MIB = 1024 * 1024


def gallery(issue):
    return f"/issues/{issue.number}/evidence"


def page_of(issue, row):
    return f"{gallery(issue)}/{row.id}"


def rows():
    return db.session.scalars(select(Evidence).order_by(Evidence.id)).all()


def file(data, name):
    return io.BytesIO(data), name


def send(browser, who, issue, *files, expect=200, kind="before", **more):
    """The plain form, as without script."""
    visitor = browser.as_(who)
    form = visitor.bare({"kind": kind} | more)
    return visitor.send(gallery(issue), expect=expect, file=list(files), **form)


@pytest.fixture
def issue(make_issue):
    return make_issue(Status.RECTIFYING)


def test_a_photo_is_kept_byte_for_byte_and_says_what_it_knows(browser, issue):
    data = samples.jpeg(exif=samples.exif(software="GIMP 2.10"))

    page = send(browser, "chen", issue, file(data, "现场.jpg"), note="同一机位")

    (row,) = rows()
    assert "已保存1份整改前照片" in page.text
    assert (row.kind, row.name, row.note) == (EvidenceKind.BEFORE, "现场.jpg", "同一机位")
    assert (row.taken_at, row.lon, row.lat) == ("2025-11-20T09:30:00", 106.75, 31.86)
    assert (row.software, row.size, len(row.dhash)) == ("GIMP 2.10", len(data), 16)
    answer = browser.as_("liu").get(f"{page_of(issue, row)}/file").answer
    assert answer.data == data


def test_the_original_is_an_attachment_that_runs_nothing(browser, issue):
    send(browser, "chen", issue, file(samples.pdf(), "监测 报告\u202e.pdf"), kind="monitoring")

    (row,) = rows()
    headers = browser.as_("chen").get(f"{page_of(issue, row)}/file").answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox")
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"].startswith("attachment; ")
    assert (
        "filename*=UTF-8''%E7%9B%91%E6%B5%8B%20%E6%8A%A5%E5%91%8A.pdf"
        in (headers["Content-Disposition"])
    )


def test_history_says_so(browser, issue):
    send(browser, "chen", issue, file(samples.png(), "截图.png"))

    event = db.session.scalars(select(Event).where(Event.action == "upload")).one()
    assert (event.subject_id, event.actor) == (issue.id, "陈经办")
    assert event.detail["sha256"] == rows()[0].sha256


def test_previews_are_small_and_made_anew_when_lost(browser, issue, place):
    send(browser, "chen", issue, file(samples.jpeg(), "现场.jpg"))
    (row,) = rows()
    url = f"{page_of(issue, row)}/preview/320"

    first = browser.as_("chen").get(url).answer
    for kept in place.evidence.glob("previews/**/*.jpg"):
        kept.unlink()
    second = browser.as_("chen").get(url).answer

    assert first.mimetype == second.mimetype == "image/jpeg"
    assert first.data == second.data
    browser.as_("chen").get(f"{page_of(issue, row)}/preview/999", expect=404)


def test_several_files_are_kept_together(browser, issue):
    page = send(
        browser, "chen", issue, file(samples.jpeg(), "一.jpg"), file(samples.pdf(), "二.pdf")
    )

    assert [row.name for row in rows()] == ["一.jpg", "二.pdf"]
    assert "已保存2份" in page.text


def test_one_bad_file_of_several_is_named_and_none_is_kept(browser, issue):
    good, bad = file(samples.jpeg(), "一.jpg"), file(b"MZ not a picture", "二.png")

    page = send(browser, "chen", issue, good, bad, expect=415, note="两张")

    assert "“二.png”：" in page.error("file")
    assert rows() == []
    assert page.form(gallery(issue)).drawn()["note"] == "两张"


@pytest.mark.parametrize(
    ("data", "name", "status", "said"),
    [
        (b"\xff\xd8\xff" + bytes(25 * MIB), "大.jpg", 413, "25 MB 的上限"),
        (b"MZ" + bytes(100), "程序.exe", 415, "仅接收"),
        (b"<html></html>", "假.jpg", 415, "与扩展名"),
        (samples.jpeg()[:2000], "断.jpg", 422, "图片损坏或不完整"),
        (b"", "空.pdf", 422, "文件是空的"),
    ],
)
def test_a_file_that_is_not_taken_says_why(browser, issue, data, name, status, said):
    page = send(browser, "chen", issue, file(data, name), expect=status)

    assert said in page.error("file")
    assert rows() == []
    assert db.session.scalars(select(Event).where(Event.action == "upload")).all() == []


def test_what_is_said_of_a_file_is_checked(browser, issue):
    page = send(browser, "chen", issue, file(samples.png(), "图.png"), expect=422, kind="")
    assert page.error("kind") == "请选择材料类别"

    page = send(browser, "chen", issue, file(samples.png(), "图.png"), expect=422, measure="999")
    assert page.error("measure") == "没有这项措施"

    page = send(browser, "chen", issue, expect=422)
    assert page.error("file") == "请选择要上传的文件"
    assert rows() == []


@pytest.mark.parametrize(
    ("status", "who", "expect"),
    [
        (Status.ASSIGNED, "chen", 409),
        (Status.PLANNING, "chen", 200),
        (Status.FIRST_ACCEPTANCE, "chen", 409),
        (Status.FIRST_ACCEPTANCE, "liulead", 200),
        (Status.SITE_CHECK, "liulead", 409),
        (Status.SITE_CHECK, "lin", 200),
        (Status.CLOSED, "sun", 200),
        (Status.CLOSED, "chen", 409),
        (Status.STANDING, "chen", 200),
        (Status.DRAFT, "lin", 409),
        (Status.DRAFT, "sun", 200),
        (Status.RECTIFYING, "zhou", 403),
        (Status.RECTIFYING, "zhao", 403),
        (Status.RECTIFYING, "wu", 404),
    ],
)
def test_who_may_send_files_in_and_when(browser, make_issue, status, who, expect):
    issue = make_issue(status)
    before = len(rows())

    send(browser, who, issue, file(samples.pdf(), "材料.pdf"), expect=expect, kind="other")

    assert len(rows()) == before + (expect == 200)


def test_what_an_inspector_brings_home_from_a_lookback_is_hidden_from_units(browser, make_issue):
    issue = make_issue(Status.CLOSED)
    send(browser, "lin", issue, file(samples.jpeg(), "暗访.jpg"), kind="site_check")
    row = rows()[-1]

    for path in ("", "/file", "/preview/320"):
        browser.as_("chen").get(page_of(issue, row) + path, expect=404)
        browser.as_("liu").get(page_of(issue, row) + path, expect=404)
        browser.as_("lin2").get(page_of(issue, row) + path)
    assert "暗访" not in browser.as_("chen").get(gallery(issue)).text


def test_a_file_is_found_only_under_its_own_ticket(browser, make_issue, issue):
    send(browser, "chen", issue, file(samples.pdf(), "材料.pdf"))
    (row,) = rows()
    other = make_issue(Status.PLANNING)

    browser.as_("chen").get(page_of(other, row), expect=404)
    browser.as_("wu").get(page_of(issue, row), expect=404)


def test_script_is_answered_with_what_it_asks_for(browser, issue):
    visitor = browser.as_("chen")
    headers = {"Accept": "application/json"}
    form = visitor.bare({"kind": "after"})

    kept = visitor.send(gallery(issue), headers=headers, file=file(samples.png(), "图.png"), **form)
    refused = visitor.send(
        gallery(issue), expect=415, headers=headers, file=file(b"x", "图.exe"), **form
    )

    assert kept.json == {"url": gallery(issue)}
    assert "仅接收" in refused.json["sentence"]


def test_sent_twice_it_is_kept_once(browser, issue):
    key = re.search(r'name="once" value="([^"]+)"', browser.as_("chen").get(gallery(issue)).html)[1]

    send(browser, "chen", issue, file(samples.png(), "图.png"), once=key)
    send(browser, "chen", issue, file(samples.png(), "图.png"), once=key)

    assert len(rows()) == 1


def test_a_new_version_leaves_the_old_one(browser, issue):
    send(browser, "chen", issue, file(samples.pdf(), "报告.pdf"), kind="monitoring")
    (old,) = rows()
    url = page_of(issue, old)

    new = file(samples.docx(), "报告改.docx")
    page = browser.as_("chen").post(f"{url}/replace", via=url, file=new, reason="补盖章")

    _, row = rows()
    assert (row.version, row.replaces_id, row.kind) == (2, old.id, EvidenceKind.MONITORING)
    assert "第 1 版" in page.text
    assert "这是旧版本" in browser.as_("chen").get(url).text
    assert browser.as_("chen").get(f"{url}/file").answer.data == samples.pdf()
    again = file(samples.pdf(b"%2"), "又.pdf")
    form = browser.as_("chen").bare({"reason": "再改"})
    browser.as_("chen").send(f"{url}/replace", expect=409, file=again, **form)


def test_a_new_version_needs_a_reason_and_its_own_unit(browser, issue):
    send(browser, "chen", issue, file(samples.pdf(), "报告.pdf"))
    (old,) = rows()
    url = page_of(issue, old)

    page = browser.as_("chen").post(
        f"{url}/replace", via=url, expect=422, file=file(samples.docx(), "改.docx"), reason=" "
    )
    assert page.error("reason") == "请写明更新的理由"
    form = browser.as_("liu").bare({"reason": "改"})
    browser.as_("liu").send(
        f"{url}/replace", expect=403, file=file(samples.docx(), "改.docx"), **form
    )
    assert len(rows()) == 1


def test_a_damaged_original_is_never_given_out_and_is_named(app, browser, issue, place):
    send(browser, "chen", issue, file(samples.pdf(), "报告.pdf"))
    (row,) = rows()
    verify = app.test_cli_runner()
    assert verify.invoke(args=["evidence", "verify"]).exit_code == 0

    kept = place.evidence / key_of(row.sha256)
    kept.chmod(0o640)
    kept.write_bytes(b"%PDF-1.7 something else")

    page = browser.as_("chen").get(f"{page_of(issue, row)}/file", expect=500)
    assert "该佐证原件已损坏" in page.text
    found = verify.invoke(args=["evidence", "verify"])
    assert found.exit_code == 1
    assert f"{issue.number} {row.sha256}" in found.output


def test_the_compared_pictures_stand_side_by_side(browser, issue):
    send(browser, "chen", issue, file(samples.jpeg(), "前.jpg"))
    send(browser, "chen", issue, file(samples.png(), "后.png"), kind="after")

    pair = browser.as_("liu").get(gallery(issue)).tree.one("section", id="compare")

    assert [image["alt"] for image in pair.all("img")] == [
        "整改前照片：前.jpg",
        "整改后照片：后.png",
    ]
