"""The public notice of a closure: what it says, who may print it, and that it is a real PDF."""

import io

from pypdf import PdfReader

from issues.vocabulary import Action, Status


def test_it_says_what_was_wrong_what_was_done_and_how_to_object(browser, make_issue):
    issue = make_issue(Status.PUBLICITY)

    page = browser.as_("chen").get(f"/issues/{issue.number}/publicity")

    assert page.heading == "关于大茅坪镇场镇生活污水直排河道问题整改完成情况的公示"
    for said in (issue.number, "修复破损管网", "已全面完成", "共10个工作日", "有异议的"):
        assert said in page.text
    assert f"/issues/{issue.number}/publicity.pdf" in page.links
    assert (
        f"/issues/{issue.number}/publicity"
        in browser.as_("sun").get(f"/issues/{issue.number}").links
    )


def test_the_pdf_holds_the_same_words(browser, make_issue):
    issue = make_issue(Status.PUBLICITY)

    answer = browser.as_("sun").get(f"/issues/{issue.number}/publicity.pdf").answer

    assert answer.mimetype == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    assert "整改完成情况的公示" in "".join(text.split())
    assert issue.number in "".join(text.split())


def test_its_metadata_call_it_no_draft(browser, make_issue):
    issue = make_issue(Status.PUBLICITY)
    answer = browser.as_("sun").get(f"/issues/{issue.number}/publicity.pdf").answer

    told = PdfReader(io.BytesIO(answer.data))

    assert "公示" in told.metadata["/Title"]
    assert "/Subject" not in told.metadata
    assert "草稿".encode() not in told.trailer["/Root"]["/Metadata"].get_data()


def test_it_names_the_deadline_and_the_unit_to_object_to(browser, make_issue):
    issue = make_issue(Status.PUBLICITY)

    page = browser.as_("chen").get(f"/issues/{issue.number}/publicity")

    assert "2026年6月30日" in page.text
    assert f"向验收单位{issue.acceptance_unit.name}或者" in page.text
    assert "签发时编号" not in page.text
    pdf = browser.as_("sun").get(f"/issues/{issue.number}/publicity.pdf").answer
    text = "".join(part.extract_text() for part in PdfReader(io.BytesIO(pdf.data)).pages)
    assert "签发时编号" not in text
    assert "完成时限" in text


def test_before_publicity_there_is_none(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)

    page = browser.as_("sun").get(f"/issues/{issue.number}/publicity", 409)

    assert "现不在公示期" in page.text
    browser.as_("wu").get(f"/issues/{issue.number}/publicity", 404)


def test_objections_stand_on_the_ticket_and_not_in_the_notice(browser, make_issue):
    issue = make_issue(Status.PUBLICITY)
    browser.as_("sun").post(
        f"/issues/{issue.number}/acts/{Action.RECORD_OBJECTION.value}",
        who="周边村民", text="夜间仍有排放", on="2025-11-20",
    )  # fmt: skip

    assert "夜间仍有排放" in browser.as_("sun").get(f"/issues/{issue.number}").text
    assert "夜间仍有排放" not in browser.as_("sun").get(f"/issues/{issue.number}/publicity").text
