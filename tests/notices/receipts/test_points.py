"""Points of an answer: each asked once, none lost, the whole read as one text."""

from datetime import date

import pytest
from hypothesis import given as each, strategies as st

from issues.ground.refusals import Incomplete
from issues.models import Notice, ReplyDraft
from issues.notices.receipts import given
from issues.notices.receipts.points import answers_of, kept, sentence_of
from issues.notices.receipts.standing import Count, counted
from issues.vocabulary import NoticeKind, NoticeStatus

TODAY = date(2025, 11, 25)
DAYS = st.dates(date(2025, 11, 1), date(2026, 3, 1))


def paper(points=3):
    asked = [{"text": f"要求{no}", "due": "2025-12-01"} for no in range(1, points + 1)]
    return Notice(
        kind=NoticeKind.N1, status=NoticeStatus.SIGNED, facts={"demands": asked},
        reply_due=TODAY, reply_points=[], number="〔2025〕1号",
    )  # fmt: skip


def row(no, state="done", by=None, **more):
    return {"no": no, "state": state, "by": by, "text": None, "evidence": [], **more}


def faults(rows, points=3):
    try:
        given.refuse_unfit(paper(points), rows, TODAY)
    except Incomplete as refusal:
        return refusal.errors
    return {}


def test_each_point_is_answered_once_with_a_day_where_it_is_not_done():
    assert faults([row(1), row(2), row(3, "by", date(2025, 12, 1))]) == {}
    assert "第2、3项尚未答复" in faults([row(1)])["points"][0]
    assert faults([row(1), row(1), row(2), row(3)]) == {"points.1.no": ["第1项答复了两次"]}
    assert faults([row(1), row(2), row(3), row(4)]) == {"points.3.no": ["文书没有第4项要求"]}
    assert "请填写完成日期" in faults([row(1, "by"), row(2), row(3)])["points.0.by"][0]
    past = faults([row(1, "by", date(2025, 11, 24)), row(2), row(3)])
    assert past == {"points.0.by": ["完成日期不能早于今天"]}
    assert "points.0.by" in faults([row(1, by=TODAY), row(2), row(3)])
    assert faults([]) == {}


@each(st.sets(st.integers(1, 9)), st.integers(1, 6))
def test_a_missing_point_is_always_named(numbers, points):
    asked = set(range(1, points + 1))
    told = faults([row(no) for no in numbers], points)
    if not numbers:
        assert told == {}
        return
    left = sorted(asked - numbers)
    assert ("points" in told) == bool(left)
    assert all(str(no) in told["points"][0] for no in left)
    assert len([key for key in told if key != "points"]) == len(numbers - asked)


@each(st.permutations([1, 2, 3]), DAYS, st.text(alphabet="整改已修复", max_size=8))
def test_what_is_kept_is_what_was_said_in_the_order_of_the_paper(order, day, text):
    rows = [row(no, "by", day, text=text, evidence=["7"]) for no in order]
    told = answers_of(kept(rows))
    assert list(told) == [1, 2, 3]
    assert {(one.by, one.text, one.evidence) for one in told.values()} == {(day, text, (7,))}


@each(st.dictionaries(st.integers(1, 6), st.sampled_from(["done", "by", ""])), DAYS)
def test_a_point_is_unanswered_begun_or_answered_and_nothing_else(begun, day):
    numbers = range(1, 7)
    draft = ReplyDraft(words={"points": [{"no": str(no), "state": s} for no, s in begun.items()]})
    found = counted(numbers, is_replied=False, rows=[], draft=draft, today=TODAY)
    assert set(found.begun) == {no for no, state in begun.items() if state}
    assert set(found.unanswered) == set(numbers)
    assert found.phrase.startswith("要求6项，")
    rows = kept([row(no, "by", day) for no in numbers])
    after = counted(numbers, is_replied=True, rows=rows, draft=None, today=TODAY)
    assert (after.unanswered, set(after.passed)) == ((), set(numbers) if day < TODAY else set())


def test_phrases_of_a_list():
    assert Count(3, (1, 2, 3), (1,), ()).phrase == "要求3项，第1项已填写未提交，第2、3项未答复"
    assert Count(3, (), (), (2,)).phrase == "要求3项，均已答复，第2项答复的完成日期已过"
    assert Count(0, (), (), ()).phrase == ""


def test_a_point_is_read_as_a_sentence():
    assert sentence_of(row(1, text="已清淤")) == "1. 已完成：已清淤"
    assert sentence_of(row(2, "by", date(2025, 12, 20))) == "2. 2025年12月20日前完成"


@pytest.mark.parametrize("raw", [{"points": "x"}, {"points": [1]}, {"points": None}, {}])
def test_what_is_no_row_stays_for_the_door_to_refuse(raw):
    assert given.completed(NoticeKind.N1, raw) == raw


def test_a_red_answer_is_measured_by_the_words_of_its_points_alone():
    raw = {"points": [row("1", text="甲"), row("2")]}
    assert given.completed(NoticeKind.N3, raw)["text"] == "甲"
    assert given.completed(NoticeKind.N1, {"points": [row("1")]})["text"] == "1. 已完成"
