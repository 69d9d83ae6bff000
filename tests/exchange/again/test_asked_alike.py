"""A row without a number that is nearly a ticket of the register is asked about, never decided."""

import random

import pytest
from brought import bring, the_117, ticket
from handmade import FIRST, register, told
from hypothesis import given, settings, strategies as st
from sheets import COMPLAINTS, INSPECTION, LEDGER, PROGRAMME, TODAY, understood
from sqlalchemy import event, func, select

from extensions import db
from issues.exchange.asking_alike import asking
from issues.exchange.asking_alike.answers import Unanswered, kept, settled
from issues.exchange.asking_alike.asking import facts_of
from issues.exchange.asking_alike.shares import ASKED, RAISED, Facts, Rows, beside, pairs_of, share
from issues.exchange.importing import understand_workbook
from issues.exchange.reading.constants import lasting, profile_of
from issues.exchange.reading.profile import profile_beside
from issues.models import Issue
from issues.vocabulary import Action, Source

OLD = FIRST["存在问题"]
EDITED = OLD.replace("发臭", "黑臭")
OTHER = "某砖厂未建除尘设施，物料露天堆放，扬尘扰民。"


def count():
    return db.session.scalar(select(func.count()).select_from(Issue))


def read(content, told=""):
    return understand_workbook(content, profile_of(told), TODAY, is_apart_left=True)


def asked(content, told=""):
    return read(content, told).alike


@pytest.mark.both
def test_an_edited_row_is_asked_and_does_what_was_answered(app):
    bring(told(OLD, OTHER))
    content = told(EDITED, "某加油站油气回收装置停用，气味扰民。")

    (question,) = asked(content)

    assert (question.row, question.cell, question.answer) == (5, "F5", "")
    assert [one.number for one in question.likes] == ["BZ-AF-2025-001"]
    assert question.likes[0].because == "字词相同86%，点位相同"
    with pytest.raises(Unanswered) as refused:
        bring(content)
    assert (count(), [one.cell for one in refused.value.cells]) == (2, ["F5"])
    same = read(content, kept("", settled([question], {5: "BZ-AF-2025-001"})))
    assert ([one.answer for one in same.alike], same.apart) == (["BZ-AF-2025-001"], {5})
    assert same.unanswered == []
    assert "与台账不一致" in " ".join(one.sentence for one in same.notices)
    assert bring(content, rest="new").tickets == 2
    assert count() == 4


def test_a_place_written_otherwise_and_a_row_of_another_source_are_asked(app):
    bring(told(OLD))

    for change in ({"点位": "另一河段"}, {"问题来源": Source.SD.label}):
        assert [one.likes[0].share for one in asked(register(change))] == [100]


def test_what_is_named_or_gone_or_somebody_elses_is_not_asked(app, make_issue, monkeypatch):
    bring(told(OLD, OTHER))
    rows = told(EDITED)
    assert asked(register({"存在问题": EDITED, "编号": "BZ-AF-2025-077"})) == ()
    assert asked(register({"存在问题": EDITED, "行政区域": "恩阳区"})) == ()
    assert asked(told(OLD, EDITED)) == (), "the ticket is the first row"

    old = ticket("BZ-AF-2025-001")
    make_issue.act(Action.WITHDRAW, old, "zhou", reason="重复登记")
    assert asked(rows) == ()
    monkeypatch.setattr(asking, "NO_LONGER", ())
    assert len(asked(rows)) == 1, "the ticket would be asked about, were it not withdrawn"


def test_an_answer_that_no_longer_holds_is_asked_again(app, make_issue):
    bring(told(OLD, OTHER))
    answer = kept("", {5: "BZ-AF-2025-002"})
    assert [one.answer for one in asked(told(EDITED), answer)] == ["BZ-AF-2025-002"]

    make_issue.act(Action.WITHDRAW, ticket("BZ-AF-2025-002"), "zhou", reason="重复登记")

    assert [one.answer for one in asked(told(EDITED), answer)] == [""]
    assert read(told(EDITED), kept("", {5: "BZ-AF-2025-900"})).new[0].number is None
    assert "same_rows" not in lasting(answer)


def test_rows_alike_in_one_sheet_are_told_and_come_in(app):
    content = told(OLD, OTHER, EDITED)

    said = [(one.cell, one.sentence) for one in read(content).notices if "同一问题" in one.sentence]

    assert said == [("F7", "与第5行可能是同一问题（字词相同86%，点位相同），请核对")]
    assert bring(content).tickets == 3


def test_it_is_one_statement_and_none_where_no_row_is_new(app):
    bring(told(OLD, OTHER))
    seen = []
    event.listen(db.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))

    def statements(content):
        seen.clear()
        read(content)
        return sum("issue.subject_firm" in one and "NOT IN" in one for one in seen)

    assert statements(told(OLD, OTHER)) == 0
    assert statements(told(EDITED)) == statements(told(*[f"{EDITED}{n}" for n in range(9)])) == 1


def test_the_example_workbooks_ask_nothing_beside_the_ledger_nor_again(app, shelf):
    the_117(shelf)

    for path in (LEDGER, INSPECTION, COMPLAINTS, PROGRAMME):
        looked = understand_workbook(path.read_bytes(), profile_beside(path), TODAY)
        assert looked.alike == ()
        assert [one for one in looked.notices if "可能是同一" in one.sentence] == []


def ledger():
    return [facts_of(item) for item in understood(LEDGER).items]


def edited(text, rng, signs):
    """A tenth of its signs replaced by others."""
    letters = list(text)
    for place in rng.sample(range(len(letters)), max(1, len(letters) // 10)):
        letters[place] = rng.choice(signs)
    return "".join(letters)


def test_copies_with_a_tenth_changed_are_asked_and_unrelated_problems_are_not():
    rng = random.Random(14)  # noqa: S311 - copies for a test, the same each time
    facts = ledger()
    signs = "".join(one.problem for one in facts)
    copied = [rng.choice(facts) for _ in range(200)]
    rows = Rows({n: one._replace(problem=edited(one.problem, rng, signs), place="", lon=None)
                 for n, one in enumerate(copied)})  # fmt: skip

    met = {row for one in facts for row, *_ in rows.like(one) if copied[row] == one}
    all_ = Rows(dict(enumerate(facts)))
    crossed = [(n, row) for n, one in enumerate(facts) for row, *_ in all_.like(one) if row != n]

    assert len(met) >= 190
    assert crossed == []


WORDS = ["污水直排", "扬尘扰民", "垃圾堆放", "沟渠发臭", "、", "A区", "油烟"]
PHRASES = st.lists(st.sampled_from(WORDS), max_size=6).map("".join)
FACTS = st.builds(
    Facts, st.just("511902"), PHRASES, st.sampled_from(["", "某村"]), st.just(""),
    st.sampled_from([None, 106.7]), st.sampled_from([31.8, 31.8001, 31.9]),
)  # fmt: skip


@settings(max_examples=25)
@given(st.lists(FACTS, max_size=6), FACTS)
def test_the_index_finds_what_going_through_all_would_find(facts, other):
    wanted = {
        row for row, one in enumerate(facts)
        if (same := share(pairs_of(one.problem), pairs_of(other.problem))) >= ASKED - RAISED
        and same + (RAISED if beside(one, other) else 0) >= ASKED
    }  # fmt: skip

    assert {row for row, *_ in Rows(dict(enumerate(facts))).like(other)} == wanted
