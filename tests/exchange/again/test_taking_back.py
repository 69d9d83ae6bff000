"""An import taken back and brought in once more leaves the register as if it had come in once."""

from datetime import timedelta

import people as cast
import pytest
from brought import bring_kept, take_back_import, ticket
from databases import SETTLED
from handmade import GROUP, register, told
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from racing import at_once
from sheets import COMPLAINTS, TODAY, changed
from sqlalchemy import func, inspect, select

from extensions import db
from issues import acts, audit
from issues.exchange import uploads
from issues.exchange.reading.profile import profile_beside
from issues.exchange.undoing.taking_back import take_back
from issues.exchange.writing.register_workbook import rows_of
from issues.ground import clock
from issues.ground.refusals import NotAllowed, NotFound, Refusal, WrongStatus
from issues.imprints import checking
from issues.models import (
    Claim,
    ColourSpan,
    Complainant,
    Event,
    ImportIdentity,
    Issue,
    IssueFiring,
    IssueUnit,
    Lookback,
    Measure,
    PartTaken,
)
from issues.queries.board import page as boards
from issues.queries.ground import remembered
from issues.vocabulary import Action, BesideAct, Role, Status, Subject
from issues.workflow import load

pytestmark = pytest.mark.both
THREE = ("某沟渠污水散排。", "某砖厂扬尘扰民。", "某养殖场粪污外溢。")
DAYS = ((0, False), (1, True), (120, False))
CHILDREN = (
    Claim, ColourSpan, ImportIdentity, IssueFiring, IssueUnit, Lookback, Measure, PartTaken,
)  # fmt: skip
OF_THE_COURSE = frozenset({"id", "version", "created_at"})
LATER = 9


def columns(row, without):
    found = inspect(type(row)).column_attrs
    return {one.key: getattr(row, one.key) for one in found if one.key not in without}


def contents():
    """Everything that is kept of the tickets but how they came to it."""
    db.session.expire_all()
    tickets = [columns(one, OF_THE_COURSE) for one in db.session.scalars(select(Issue))]
    numbers = dict(db.session.execute(select(Issue.id, Issue.number)).all())
    rows = []
    for table in CHILDREN:
        for one in db.session.scalars(select(table)):
            said = columns(one, {"id", "issue_id"})
            rows.append((table.__name__, numbers[one.issue_id], sorted(map(str, said.items()))))
    sealed = sorted(numbers[one] for one in db.session.scalars(select(Complainant.issue_id)))
    ids = db.session.scalars(select(Issue.id).order_by(Issue.number)).all()
    out = [(row.cells, row.measures) for row in rows_of(ids, TODAY, frozenset(Role))[0]]
    return sorted(map(str, tickets)), sorted(map(str, rows)), sealed, repr(out)


def figures(people):
    """What the board says of days before, as it is counted and as it was seen."""
    today = clock.today()
    return [
        repr(boards.board(people[name], today, today - timedelta(days=days), is_seen=is_seen))
        for name in ("sun", "chen")
        for days, is_seen in DAYS
    ]


def led_to(place, *steps, later=0):
    """What the steps make of a fresh database."""
    with place.fresh(SETTLED):
        people = cast.People()
        for number, step in enumerate(steps):
            clock.stand_still(TODAY + timedelta(days=later if number else 0))
            if number == 1:
                figures(people)  # kept figures of past days are not those told afterwards
            step()
        found = contents(), figures(people)
        clock.stand_still(TODAY)
        return found


def imported(content, profile=None):
    return lambda: bring_kept(content, profile=profile)


def undone(content, profile=None):
    return lambda: take_back_import(bring_kept(content, profile=profile))


def short_complaints():
    """The first of the complaints, with what names persons."""
    return changed(COMPLAINTS, edit=lambda _, sheet: sheet.delete_rows(9, sheet.max_row))


DONE, OPEN = "是", "否"
row = st.fixed_dictionaries(
    {
        "行政区域": st.sampled_from(["巴州区", "恩阳区"]),
        "整改时限": st.sampled_from(["2025年11月30日前", "2025年12月5日前", "长期坚持"]),
        "是否销号": st.sampled_from([OPEN, OPEN, DONE]),
        GROUP: st.tuples(
            st.just(1), st.just("封堵排口"), st.sampled_from(["2025年6月底前", "2025年11月底前"]),
            st.sampled_from([OPEN, DONE]),
        ),
    }
)  # fmt: skip


@pytest.mark.postgresql
@settings(
    max_examples=2, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(rows=st.lists(row, min_size=1, max_size=3))
def test_import_undo_import_is_import(place, rows):
    rows = [{"存在问题": f"第{n}处污水散排。"} | one for n, one in enumerate(rows)]
    for one in rows:
        one["责任单位"] = one["行政区域"]
    content = register(*rows)

    alone = led_to(place, imported(content))

    assert led_to(place, undone(content), imported(content)) == alone


@pytest.mark.sqlite
def test_on_a_later_day_too_and_with_complaints_that_name_persons(place):
    content, profile = short_complaints(), profile_beside(COMPLAINTS)
    alone = led_to(place, lambda: None, imported(content, profile), later=LATER)

    again = led_to(place, undone(content, profile), imported(content, profile), later=LATER)

    assert again == alone
    assert "BZ-YX" in again[0][3] or "BZ-SX" in again[0][3]


def holds():
    return [*audit.faults("secret"), *checking.faults()]


def test_the_tickets_go_and_their_record_stays(app, people):
    first = bring_kept(told(*THREE), actor=people.sun)
    numbers = sorted(issue.number for issue in db.session.scalars(select(Issue)))
    take_back_import(first, people.sun, "选错了文件")

    assert set(db.session.scalars(select(Issue.status))) == {Status.TAKEN_BACK}
    assert db.session.scalar(select(func.count()).select_from(ColourSpan)) == 0
    assert [first.taken_back_by_id, first.taken_back_reason] == [people.sun.id, "选错了文件"]
    event = db.session.scalars(select(Event).where(Event.action == "take_back")).first()
    assert (event.actor, event.reason, event.before) == ("孙经办", "选错了文件", "rectifying")
    assert holds() == []

    other = bring_kept(told("某加油站油气外泄。"))
    assert other.report["numbers"][0][1] not in numbers
    again = bring_kept(told(*reversed(THREE), "某饭店油烟扰民。"))

    assert (again.report["tickets"], again.report["again"]) == (4, 3)
    assert sorted(n for _, n in again.report["numbers"])[:3] == numbers
    acts = select(Event.action).where(Event.is_about(Subject.TICKET, ticket(numbers[0]).id))
    told_of = db.session.scalars(acts.order_by(Event.seq)).all()
    assert told_of == ["import", BesideAct.TAKE_BACK.value, BesideAct.BRING_AGAIN.value]
    assert holds() == []
    take_back_import(again)
    assert {ticket(number).status for number in numbers} == {Status.TAKEN_BACK}
    assert bring_kept(told(*THREE)).report["again"] == len(THREE)


def test_a_corrected_file_brings_the_same_tickets_with_its_own_words(app):
    wrong = {"受理编号": "X1SC202511250001", "整改目标": "错写的目标", "备注": "原备注"}
    number = bring_kept(register(wrong)).report["numbers"][0][1]
    take_back_import(db.session.get_one(type(bring_kept(told("别的。"))), 1))

    right = bring_kept(register(wrong | {"整改目标": "改正的目标", "备注": None}))

    assert right.report["numbers"] == [[5, number]]
    issue = ticket(number)
    assert (issue.goal, issue.remark, issue.status) == ("改正的目标", "", Status.RECTIFYING)
    assert len(db.session.scalars(select(Measure).where(Measure.issue_id == issue.id)).all()) == 1
    same = bring_kept(register(wrong | {"整改目标": "改正的目标", "备注": None}))
    assert (same.report["tickets"], same.report["same"]) == (0, 1)


def test_a_row_with_a_number_of_its_own_takes_no_other(app):
    first = bring_kept(register({"编号": "BZ-AF-2025-007"}))
    take_back_import(first)

    other = bring_kept(register({"编号": "BZ-AF-2025-008"}))

    assert other.report["again"] == 0
    assert ticket("BZ-AF-2025-007").status is Status.TAKEN_BACK
    assert ticket("BZ-AF-2025-008").status is Status.RECTIFYING


def test_one_that_is_here_goes_before_one_that_went(app):
    here = bring_kept(told(THREE[0]))
    pair = bring_kept(told(THREE[0], THREE[0]))
    assert (pair.report["tickets"], pair.report["same"]) == (1, 1)
    take_back_import(pair)

    assert bring_kept(told(THREE[0])).report["same"] == 1
    again = bring_kept(told(THREE[0], THREE[0]))
    assert (again.report["same"], again.report["again"]) == (1, 1)
    assert here.report["numbers"][0][1] != again.report["numbers"][0][1]


def test_twice_it_says_that_it_went_and_who_may_not_is_refused(app, people):
    first = bring_kept(told(*THREE))
    with pytest.raises(NotAllowed):
        take_back_import(first, people.chen)
    assert len(take_back_import(first, people.sun).tickets) == 3
    assert take_back_import(first, people.sun, "再撤一次") is None
    assert first.taken_back_reason == "导错了文件"

    empty = bring_kept(told(*THREE))
    assert empty.report["again"] == 3
    none = bring_kept(told(*THREE))
    with pytest.raises(WrongStatus, match="没有写入新的问题"):
        take_back_import(none)


def undo(row_id, actor):
    return lambda: take_back(
        uploads.load(row_id, for_change=True), "导错了文件", actor, at=clock.now()
    )


def test_of_two_at_once_one_takes_it_back(app, people):
    row_id, sun = bring_kept(told(*THREE)).id, people.sun

    answers = at_once(app, undo(row_id, sun), undo(row_id, sun))

    assert [answer is None for answer in answers].count(True) == 1
    went = select(func.count()).where(Event.action == BesideAct.TAKE_BACK.value)
    assert db.session.scalar(went) == len(THREE)
    assert holds() == []


def test_an_act_that_races_comes_first_or_finds_nothing(app, people):
    row_id, sun = bring_kept(told(*THREE)).id, people.sun
    number = db.session.scalars(select(Issue.number).order_by(Issue.id)).first()

    def remark():
        issue = load(number, sun, for_change=True)
        acts.do(Action.COMMENT, issue, sun, {"text": "请核实"})

    for attempt in range(3):
        went, remarked = at_once(app, undo(row_id, sun), remark)
        db.session.expire_all()
        is_gone = ticket(number).status is Status.TAKEN_BACK
        assert is_gone == (not isinstance(went, Refusal)), attempt
        assert is_gone == isinstance(remarked, NotFound), attempt
        if not is_gone:
            assert "留言" in went.sentence
            break
        row_id = bring_kept(told(*THREE)).id
        db.session.rollback()
    assert holds() == []


@pytest.mark.postgresql
def test_kept_figures_of_past_days_are_counted_anew(app, people):
    first = bring_kept(told(*THREE))
    shown = figures(people)
    take_back_import(first)

    kept = figures(people)
    remembered.DAYS.cache.clear()
    remembered.FIGURES.cache.clear()

    assert kept == figures(people)
    assert kept != shown
