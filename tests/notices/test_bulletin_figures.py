"""The figures of a 通报: one board, colours told as colours, cards as cards, nothing said twice."""

import re

import pytest
from hypothesis import given, strategies as st
from measured import Reading
from pressed import noon, overdue, press
from sqlalchemy import select

from extensions import db, transaction
from issues import rounds
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.models import Notice
from issues.notices import acts, drafting, kinds
from issues.notices.facts.gather import facts_for
from issues.notices.kinds.board import KEYS, LABELS, disagreements
from issues.notices.kinds.sample import sample
from issues.notices.page.gongwen import render
from issues.vocabulary import Action, NoticeAct, NoticeKind, RoundAct, Status

TODAY = noon("2025-11-25")
PLAIN = ({"text": "清运"},)


def said(facts):
    document = kinds.compose(facts)
    tables = [
        cell
        for attachment in document.attachments
        for block in attachment.blocks
        for row in getattr(block, "rows", ())
        for cell in row
    ]
    return "".join(p.text for p in document.body), document.attachments, tables


def by_hand(people, *tickets):
    with transaction():
        numbers = [ticket.number for ticket in tickets]
        return drafting.draft_by_hand(NoticeKind.N5, numbers, people.sun, TODAY)


def facts_of(notice):
    return facts_for(notice.kind, notice.issues, notice.unit, TODAY, notice.facts)


def test_a_bulletin_by_hand_tells_the_red_and_yellow_it_counts(make_issue, people):
    overdue(people)
    make_issue(Status.RECTIFYING, deadline="2025-12-01", measures=PLAIN)
    make_issue(Status.RECTIFYING, measures=PLAIN)

    facts = facts_of(by_hand(people))
    text, attachments, cells = said(facts)

    assert "共3项，其中红色1项，黄色1项，绿色1项，已销号0项。" in text
    assert "本期红色、黄色事项共2项" in text
    assert "本期没有" not in text
    assert attachments[-1].title == "红色、黄色事项清单"
    assert [cell for cell in cells if cell in {"红", "黄", "绿"}] == ["红", "黄"]
    assert disagreements(facts) == []


def test_green_tickets_a_person_names_are_told_green(make_issue, people):
    tickets = [make_issue(Status.RECTIFYING, measures=PLAIN) for _ in range(3)]

    facts = facts_of(by_hand(people, *tickets))
    text, attachments, _cells = said(facts)

    assert "本期没有红色、黄色事项。" in text
    assert "本件点名事项共3项：绿色3项。" in text
    assert "红色、黄色事项清单" not in [one.title for one in attachments]
    assert disagreements(facts) == []


def test_a_card_is_counted_where_one_stands_and_a_colour_is_no_card(make_issue, people):
    red = overdue(people)
    green = make_issue(Status.RECTIFYING, measures=PLAIN)
    text, _, _ = said(facts_of(by_hand(people)))
    assert "红色1项" in text
    assert "均未正式挂牌。" in text
    assert not re.search("[红黄绿]牌", text)

    make_issue.act(Action.RAISE_CARD, green, "sun", colour="yellow", reason="整改迟缓")
    text, _, _ = said(facts_of(by_hand(people)))

    assert red.card == ""
    assert "黄色1项" in text
    assert "其中正式挂黄牌1项。" in text


@pytest.mark.both
def test_a_round_freezes_its_cards_and_tells_them(people):
    ticket = overdue(people)
    with transaction():
        round_ = rounds.open_on(clock.day_of(TODAY), people.sun, TODAY)
        decided = {"number": ticket.number}
        rounds.decide(round_.id, RoundAct.CONFIRM, people.sun, decided, TODAY)
        rounds.close(round_.id, people.zhou, TODAY)
    notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.N5)).one()

    assert round_.board["cards"] == {"red": [ticket.number], "yellow": []}
    facts = facts_of(notice)
    assert "其中正式挂红牌1项。" in said(facts)[0]
    assert disagreements(facts) == []
    del facts["bulletin"]["red_cards"]
    text, _, _ = said(facts)
    assert "挂红牌" not in text, "a board that kept no cards says nothing of them"


def test_the_shipped_words_count_no_colour_as_a_card():
    for name in ("N5", "N5-report"):
        template = kinds.shipped(name)
        assert not re.search("[红黄绿]牌", template), name
    assert not any("牌" in label for label in LABELS)


def test_figures_that_differ_keep_a_bulletin_from_being_signed(people):
    overdue(people)
    with transaction():
        round_ = rounds.open_on(clock.day_of(TODAY), people.sun, TODAY)
        for item in round_.items:
            given_ = {"number": item.issue.number}
            rounds.decide(round_.id, RoundAct.CONFIRM, people.sun, given_, TODAY)
        rounds.close(round_.id, people.zhou, TODAY)
    notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.N5)).one()
    with transaction():
        told = notice.facts["bulletin"]
        notice.facts = notice.facts | {"bulletin": told | {"red": 19, "listed": []}}

    with pytest.raises(Incomplete) as refused, transaction():
        acts.do(NoticeAct.SIGN, notice.id, people.zhou, {}, press(), at=TODAY)

    faults = refused.value.errors["document"]
    assert "通报数字不一致：红色19项，各单位相加1项。" in faults
    assert "通报数字不一致：红色19项，清单所列0项。" in faults


figures = st.sampled_from(["total", *KEYS])


@given(figures, st.integers(1, 50), st.booleans())
def test_any_one_figure_planted_wrong_is_caught(name, by, in_a_group):
    facts = sample("N5", kinds.shipped("N5"))
    board = facts["bulletin"]
    assert disagreements(facts) == []
    if in_a_group and name != "total":
        first, *others = board["groups"]
        groups = [first | {name: first.get(name, 0) + by}, *others]
        facts["bulletin"] = board | {"groups": groups}
    else:
        facts["bulletin"] = board | {name: board[name] + by}

    assert disagreements(facts)


@pytest.mark.parametrize("kind", ["N5", "N5-report"])
def test_the_table_of_units_ends_in_the_totals_that_the_text_tells(kind, faces):
    facts = sample(kind, kinds.shipped(kind))
    figures = [facts["bulletin"][key] for key in (*KEYS, "total")]
    text, attachments, _cells = said(facts)
    (table,) = attachments[0].blocks

    assert table.rows[-1] == ("", "合计", *map(str, figures))
    told = "，".join(f"{label}{n}项" for label, n in zip(LABELS, figures, strict=False))
    assert f"共{figures[-1]}项，其中{told}。" in text
    columns = zip(*(row[2:] for row in table.rows), strict=True)
    assert all(sum(map(int, above)) == int(total) for *above, total in columns)
    printed = [row.text for sheet in Reading(render(kinds.compose(facts), faces)).sheets
               for row in sheet.rows]  # fmt: skip
    assert f"合计{''.join(map(str, figures))}" in [row.replace(" ", "") for row in printed]


@pytest.mark.both
def test_the_totals_row_is_the_boards_of_a_city(make_issue, people):
    overdue(people)
    make_issue(Status.RECTIFYING, measures=PLAIN)

    (table,) = kinds.compose(facts_of(by_hand(people))).attachments[0].blocks

    assert table.rows[-1] == ("", "合计", "1", "0", "1", "0", "2")
