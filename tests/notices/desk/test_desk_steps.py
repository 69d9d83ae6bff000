"""Steps on a draft's paragraphs: whatever is done in whatever order, no paragraph is ever lost."""

import hypothesis.strategies as st
import notice_facts
import pytest
from hypothesis import given, settings

from issues.ground.refusals import Incomplete
from issues.notices import kinds
from issues.notices.desk.departures import departures_of, unconfirmed
from issues.notices.desk.overlay import State, printed, standing
from issues.notices.desk.pieces import Piece, marks_of
from issues.notices.desk.steps import Conflict, Step, taken
from issues.notices.page.document import Level
from issues.vocabulary.desk import DeskAct

FACTS = notice_facts.red_card()
COMPOSED = kinds.composed(FACTS)
MOVED = kinds.composed(notice_facts.red_card(as_of="2025-12-09", reply_due="2025-12-31"))
ACTS = (DeskAct.WRITE, DeskAct.STRIKE, DeskAct.REVIVE, DeskAct.ADD, DeskAct.UP, DeskAct.DOWN,
        DeskAct.FOLLOW)  # fmt: skip
STEPS = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 60), st.text("甲乙丙\n", min_size=1),
              st.none() | st.integers(0, 4), st.booleans()),
    max_size=14,
)  # fmt: skip


def texts(composed, desk):
    return [one.text for one in printed(composed, desk)]


def of(desk, text, composed=COMPOSED):
    return next(one for one in standing(composed, desk) if text in one.text)


def step(desk, act, text, said="", level=None, composed=COMPOSED):
    one = of(desk, text, composed)
    return taken(composed, desk, Step(act, one.id, one.base, said, level))[0]


@given(STEPS)
@settings(max_examples=150, deadline=None)
def test_no_order_of_acts_loses_what_the_record_says_or_what_a_person_wrote(steps):
    desk, wrote = {}, {}
    for act, place, text, level, is_moved in steps:
        composed = MOVED if is_moved else COMPOSED
        stands = standing(composed, desk)
        one = stands[place % len(stands)]
        try:
            desk, _ = taken(composed, desk, Step(act, one.id, one.base, text, level))
        except Incomplete:
            continue
        if act is DeskAct.WRITE and text.strip("\n") != one.record:
            wrote[one.key] = text.strip("\n")
        elif act is DeskAct.FOLLOW:
            wrote.pop(one.key, None)
        for now in (COMPOSED, MOVED):
            found = standing(now, desk)
            keys = [each.key for each in found]
            assert len(keys) == len(set(keys))
            assert {piece.key for piece in now} <= set(keys)
            assert {key: each.text for each in found if (key := each.key) in wrote} == wrote
            own = [k for k, entry in desk["paragraphs"].items() if entry.get("own")]
            assert set(own) <= set(keys)


def test_an_untouched_paragraph_follows_the_record_and_a_touched_one_says_that_it_moved_on():
    before, after = of({}, "整改进展"), of({}, "整改进展", MOVED)
    assert before.text != after.text
    touched = step({}, DeskAct.WRITE, "整改进展", "整改进展。进展缓慢。")
    elsewhere = step({}, DeskAct.WRITE, "问题来源", "问题来源。群众反映。")

    assert of(elsewhere, "整改进展", MOVED).text == after.text
    stays = of(touched, "进展缓慢", MOVED)
    assert (stays.text, stays.record, stays.record_then) == (
        "整改进展。进展缓慢。", after.text, before.text,
    )  # fmt: skip
    assert stays.has_moved
    assert not of(touched, "进展缓慢").has_moved


def test_of_two_people_both_paragraphs_stay_and_the_same_one_is_a_conflict_with_both_texts():
    mine, theirs = of({}, "问题来源"), of({}, "存在问题")
    desk, _ = taken(COMPOSED, {}, Step(DeskAct.WRITE, mine.id, mine.base, "问题来源。甲。"))
    desk, _ = taken(COMPOSED, desk, Step(DeskAct.WRITE, theirs.id, theirs.base, "存在问题。乙。"))
    assert {"问题来源。甲。", "存在问题。乙。"} <= set(texts(COMPOSED, desk))

    with pytest.raises(Conflict) as refused:
        taken(COMPOSED, desk, Step(DeskAct.WRITE, mine.id, mine.base, "问题来源。丙。"))
    assert (refused.value.now.text, refused.value.mine) == ("问题来源。甲。", "问题来源。丙。")
    with pytest.raises(Conflict):
        taken(COMPOSED, desk, Step(DeskAct.STRIKE, mine.id, mine.base))


def test_what_the_record_says_again_is_nobodys_word():
    one = of({}, "问题来源")
    desk = step({}, DeskAct.WRITE, "问题来源", "问题来源。甲。")
    desk = step(desk, DeskAct.WRITE, "甲。", one.text)
    assert departures_of(standing(COMPOSED, desk), desk) == []
    assert desk["paragraphs"] == {}


def test_each_departure_is_confirmed_by_what_it_says_now():
    desk = step({}, DeskAct.WRITE, "问题来源", "问题来源。甲。")
    desk = step(desk, DeskAct.STRIKE, "整改目标")
    desk = step(desk, DeskAct.ADD, "存在问题", "请高度重视。")
    found = departures_of(standing(COMPOSED, desk), desk)
    assert [one.state for one in found] == [State.EDITED, State.ADDED, State.STRUCK]

    assert unconfirmed(found, [one.token for one in found]) == {}
    (left,) = unconfirmed(found, [one.token for one in found[1:]])
    assert left == f"confirmed.{found[0].id}"
    later = step(desk, DeskAct.WRITE, "甲。", "问题来源。乙。")
    changed = departures_of(standing(COMPOSED, later), later)
    assert list(unconfirmed(changed, [one.token for one in found])) == [left]


def test_what_is_struck_is_not_printed_and_numbers_close_up():
    desk = step({}, DeskAct.STRIKE, "存在问题")
    body = [p.text for p in kinds.compose({**FACTS, "desk": desk}).body]
    assert not any("存在问题" in text for text in body)
    assert any(text.startswith("（二）整改目标") for text in body)
    back = step(desk, DeskAct.REVIVE, "存在问题")
    assert kinds.compose({**FACTS, "desk": back}).body == kinds.compose(FACTS).body


def test_a_paragraph_goes_past_those_that_are_struck():
    desk = step({}, DeskAct.STRIKE, "存在问题")
    desk = step(desk, DeskAct.DOWN, "问题来源")
    said = texts(COMPOSED, desk)
    assert said.index(of(desk, "整改目标").text) < said.index(of(desk, "问题来源").text)


def test_an_empty_paragraph_and_one_with_signs_nobody_sees_are_refused():
    for text in ("  \n", "甲\u202e乙", "甲" * 5001):
        with pytest.raises(Incomplete):
            step({}, DeskAct.WRITE, "问题来源", text)


@given(st.lists(st.sampled_from(list(Level)), max_size=40))
def test_numbers_count_within_what_stands_above_them(levels):
    marks = marks_of(levels)
    assert [not mark for mark in marks] == [level is Level.TEXT for level in levels]
    last = 0
    for level, mark in zip(levels, marks, strict=True):
        if level is Level.FIRST:
            last += 1
            assert mark == marks_of([Level.FIRST] * last)[-1]


def test_without_a_desk_a_paper_is_what_it_was():
    pieces = [Piece("a", Level.TEXT, "甲")]
    assert printed(pieces, {}) == pieces
