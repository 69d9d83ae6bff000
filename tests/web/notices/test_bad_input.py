"""What must never reach a signed page: told on the draft in a sentence, and not to be signed.

The records hold it already: from an older version, an import, or another program.
"""

from io import BytesIO

import pytest
from pressed import planned
from pypdf import PdfReader
from sqlalchemy import select

from extensions import db, transaction
from issues.ground import clock
from issues.models import Issue, Notice, NoticeTemplate
from issues.notices.kinds import shipped
from issues.notices.page.titles import title_lines
from issues.vocabulary import NoticeKind


@pytest.fixture
def notice(browser, people):
    issue = planned(people)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=issue.number)
    return db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.N3)).one().id


def put(notice_id, **changes):
    """Into the ticket's row, past every form."""
    with transaction():
        row = db.session.get(Notice, notice_id)
        issue = db.session.get(Issue, row.issues[0].id)
        for name, value in changes.items():
            setattr(issue, name, value)


def text_of(page):
    reader = PdfReader(BytesIO(page.answer.get_data()))
    return "".join(part.extract_text() for part in reader.pages).replace("\n", "")


def refused(browser, notice_id):
    """What the head reads on the draft; signing it in spite of that is refused."""
    zhou, url = browser.as_("zhou"), f"/notices/{notice_id}"
    page = zhou.get(url)
    edit = page.form(f"{url}/edit").drawn()
    shown = zhou.send(f"{url}/sign/confirm", 422, **edit)
    assert not shown.has_form(f"{url}/sign"), page.text
    again = zhou.post(f"{url}/sign", 422, via=url)
    db.session.rollback()
    row = db.session.get(Notice, notice_id)
    assert (row.status.value, row.number, row.sha256) == ("draft", None, None)
    assert "尚未签发" in again.text
    zhou.get(f"{url}.pdf")
    return page.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"problem": "污水直排。" * 9_000}, "超过40000字上限"),
        ({"problem": "污水\U0001f600直排"}, "“\U0001f600”（U+1F600）没有可用字形"),
        ({"goal": "\U0003fffd"}, "没有可用字形"),
    ],
    ids=["40,000 characters", "no glyph", "no character"],
)
def test_a_ticket_that_cannot_be_printed_is_told_before_signing(browser, notice, changes, said):
    put(notice, **changes)

    assert said in refused(browser, notice)


UNSEEN = (
    "\x07", "\u200b", "\ufeff", "\u200e", "\u202e", "\u2060", "\u00ad", "\ufe0f", "\U000e0100",
    "\u2028", "\u3000", "\t",
)  # fmt: skip


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
def test_what_nobody_sees_in_old_records_keeps_no_notice_from_being_signed(browser, notice, sign):
    put(notice, problem=f"污水{sign}直排⻓江", goal=f"不再{sign}散排", title=f"某镇{sign}污水直排")
    zhou, url = browser.as_("zhou"), f"/notices/{notice}"

    zhou.sign(url)

    text = text_of(zhou.get(f"{url}.pdf"))
    assert "直排长江" in text
    assert f"污水{sign}" not in text
    assert f"某镇{sign}" not in text


@pytest.mark.parametrize(
    ("line", "said"),
    [("照{没有的字段}办。", "没有的字段"), ("理由是{理由}。", "“理由”没有内容")],
    ids=["unknown field", "empty fact"],
)
def test_a_template_that_cannot_be_filled_is_told_before_signing(
    browser, people, notice, line, said
):
    """Saved by an older version that knew other fields."""
    with transaction():
        text = f"{shipped('N3').rstrip()}\n{line}\n"
        row = NoticeTemplate(name="N3", number=1, text=text, reason="旧", saved_at=clock.now(),
                             saved_by_id=people.sun.id)  # fmt: skip
        db.session.add(row)

    assert said in refused(browser, notice)


def test_markup_is_signed_as_the_characters_it_is(browser, notice):
    hostile = "<img src='http://203.0.113.1/x.png'><b>&lt;{{7*7}}${x}"
    put(notice, problem=hostile)
    zhou, url = browser.as_("zhou"), f"/notices/{notice}"

    zhou.sign(url)

    page = zhou.get(f"{url}.pdf")
    assert "<b>&lt;{{7*7}}${x}" in text_of(page)
    assert b"/URI" not in page.answer.get_data()


def test_a_title_of_a_hundred_characters_falls_back_to_the_number(browser, notice):
    put(notice, title="场镇生活污水直排河道" * 10)

    page = browser.as_("zhou").get(f"/notices/{notice}")

    assert "可以签发" in page.text, "a title that fits is drawn up"
    drafted = page.form(f"/notices/{notice}/edit").drawn()["title"]
    assert len(title_lines(drafted)) <= 3
