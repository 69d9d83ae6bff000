"""Why a ticket has its colour: one sentence on the page, in the API, the PDF and the XLSX.

Every rule in force has its row in the sheet and the API; the page and the paper tell a lighter rule
of one thing within the graver one: the page beneath it, the paper not at all.
"""

import re
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pressed import noon, press
from pypdf import PdfReader

from auth import people as accounts
from auth.actor import SYSTEM
from extensions import db, transaction
from issues.models import Issue
from issues.notices import acts as notice_acts, drafting
from issues.notices.kinds.situation import in_a_letter
from issues.notices.signing import frozen
from issues.rules.colour import reasons
from issues.rules.firings import Firing
from issues.vocabulary import Action, NoticeAct, NoticeKind, Rule

TODAY = date(2025, 11, 25)
LINE = (
    {
        "text": "修复破损管网", "start": "2025-10-16", "deadline": "2026-01-24",
        "target": "60", "unit_of_target": "个",
    },
    {"text": "排查", "deadline": "2025-11-10"},
)  # fmt: skip
FULL = str.maketrans(",;:()", "，；：（）")
PAGE_END = re.compile(r"—\d+—|示例数据，仅供演示，不作为正式公文")


@pytest.fixture
def behind(make_issue):
    """40 points due, none done, and a measure past its deadline."""
    return make_issue(measures=LINE, deadline="2026-06-30")


def spoken(text):
    """Without the spaces and the width of marks in which papers differ from screens."""
    return "".join(text.split()).translate(FULL)


def rules_in_force(issue):
    db.session.expire_all()
    row = db.session.get(Issue, issue.id)
    found = reasons([Firing.from_document(one) for one in row.firings], TODAY)
    assert len(found) >= 3
    return found


def lighter_and_graver(found):
    """R2 of measure 1 says its Y2 already; Y3 of measure 2 stands alone, no R3 is in force yet."""
    inner = [one for one in found if any(one.is_within(other) for other in found)]
    assert [(one.rule, one.facts["measure"]) for one in inner] == [(Rule.Y2, 1)]
    assert {one.rule for one in found} > {Rule.R2, Rule.Y3}
    return inner, [one for one in found if one not in inner]


def test_the_same_words_stand_in_all_four(app, people, behind, browser, tmp_path):
    found = rules_in_force(behind)
    inner, outer = lighter_and_graver(found)
    said = [firing.because(TODAY) for firing in found]
    assert said[0] == (
        "措施1（2025年10月16日至2026年1月24日）完成0/60个，今日序时应完成24个，"
        "滞后40个百分点，已过红色线30"
    )

    page = browser.as_("sun").get(f"/issues/{behind.number}")
    with transaction():
        token = accounts.issue_token(SYSTEM, people.sun.id)
    answer = app.test_client().get(
        f"/api/v1/issues/{behind.number}", headers={"Authorization": f"Bearer {token}"}
    )
    with transaction():
        notice = drafting.draft_by_hand(
            NoticeKind.N3, [behind.number], people.sun, noon("2025-11-25")
        )
    with transaction():
        notice = notice_acts.do(
            NoticeAct.SIGN, notice.id, people.zhou, {}, press(), at=noon("2025-11-25")
        )
    pages = PdfReader(BytesIO(frozen(notice, press()))).pages
    paper = PAGE_END.sub("", spoken("".join(sheet.extract_text() for sheet in pages)))
    file = tmp_path / "台账.xlsx"
    assert app.test_cli_runner().invoke(args=["ledger", "export", str(file)]).exit_code == 0
    sheet = load_workbook(file)["颜色说明"]

    assert [one["because"] for one in answer.json["reasons"]] == said
    told = [one["because"] for one in notice.facts["issues"][0]["reasons"]]
    assert told == [firing.because(TODAY) for firing in outer]
    assert [row[6] for row in sheet.iter_rows(min_row=2, values_only=True)] == told
    assert all(sentence in page.text for sentence in said)
    assert "此前已触发 Y2 滞后" in " ".join(page.text.split())
    for firing in outer:
        assert spoken(in_a_letter(firing.because(TODAY))) in paper
        assert f"{firing.rule.label}（自" in paper
        assert firing.rule.value not in paper, "a letter names no rule by its code"
    for firing in inner:
        assert spoken(firing.because(TODAY)) not in paper
        assert firing.rule.value not in paper, "neither in the text nor in 附件1"


def test_what_ends_it_and_what_comes_next_stand_there_too(app, behind, browser, tmp_path):
    page = browser.as_("sun").get(f"/issues/{behind.number}?on=2025-11-11")
    file = tmp_path / "台账.xlsx"
    app.test_cli_runner().invoke(args=["ledger", "export", str(file)])
    sheet = load_workbook(file)["颜色说明"]
    ends = [row[7] for row in sheet.iter_rows(min_row=2, values_only=True)]

    assert "本措施再过5天超过红色线" in page.text
    assert "将于 2025-11-16 变为" in page.text
    assert "解除办法：填报进展并经确认，措施1滞后小于10个百分点即解除" in page.text
    assert "填报进展并经确认，措施1滞后不超过30个百分点即解除；确认完成60个后不再计算滞后" in ends


def test_cards_are_counted_by_ticket(app, behind, make_issue, browser, tmp_path):
    for colour in ("yellow", "red"):
        make_issue.act(Action.RAISE_CARD, behind, "sun", colour=colour, reason="拖延")
    file = tmp_path / "台账.xlsx"
    app.test_cli_runner().invoke(args=["ledger", "export", str(file)])

    row = next(load_workbook(file)["颜色说明"].iter_rows(min_row=2, values_only=True))
    page = browser.as_("sun").get(f"/issues/{behind.number}")

    assert row[9:11] == (1, 1)
    assert "黄牌1次、红牌1次" in page.text


@pytest.mark.parametrize("colour", ["yellow", "red"])
def test_a_card_is_no_reason_of_the_computed_colour(make_issue, browser, colour):
    """Each badge is worded by what gives that very colour: the rules', or the card's."""
    calm = make_issue(deadline="2026-11-30")
    make_issue.act(Action.RAISE_CARD, calm, "sun", colour=colour, reason="拖延")

    page = browser.as_("sun").get(f"/issues/{calm.number}")
    words = "".join(page.text.split())

    assert re.search("按规则计算为[●■▲◆]?绿。挂牌须由市环委办负责人摘牌", words)
    assert "绿挂牌" not in words
    assert re.search("[黄红]挂牌", words), "the shown colour is the card's"


def test_a_computed_colour_beneath_a_card_names_its_own_rule(make_issue, browser):
    measures = ({"text": "排查", "deadline": "2025-12-05"},)
    late = make_issue(measures=measures, deadline="2025-12-05")
    make_issue.act(Action.RAISE_CARD, late, "sun", colour="red", reason="拖延")

    words = "".join(browser.as_("sun").get(f"/issues/{late.number}").text.split())

    assert re.search("按规则计算为[●■▲◆]?黄临期。", words)
    assert "红挂牌" in words
