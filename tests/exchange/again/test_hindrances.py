"""Whatever was done to a ticket since its import keeps the whole import: each kind is named."""

import pytest
from brought import bring_kept, take_back_import, ticket
from handmade import register
from pressed import press
from sheets import TODAY
from sqlalchemy import select

from auth.actor import SYSTEM
from extensions import db, transaction
from issues import audit, rounds
from issues.dossiers import batches
from issues.exchange.differences.accepting import take_over
from issues.exchange.differences.comparing import compare_with_register
from issues.exchange.importing import read_workbook, unit_names
from issues.exchange.reading.profile import Profile
from issues.exchange.reading.unit_names import Directory
from issues.exchange.undoing.drafts import drafts_on
from issues.exchange.undoing.hindrances import NAMED, hindrances
from issues.exchange.undoing.taking_back import plan
from issues.ground import clock
from issues.ground.refusals import WrongStatus
from issues.keepers import giving, roll
from issues.leads import taking, triage
from issues.leads.fields import FORM
from issues.models import Event, Issue, Lookback, Polluter, PolluterTie
from issues.notices import acts as papers, drafting
from issues.notices.rights import GONE
from issues.rules.policy import Policy
from issues.supervision.triggers import due_drafts
from issues.vocabulary import (
    Action,
    BesideAct,
    NoticeAct,
    NoticeKind,
    NoticeStatus,
    PolluterKind,
    Status,
    Subject,
)

LOOKED_UP = {
    "keeping", "lead", "polluter_tie", "round_item", "county_round_item", "notice", "notice_issue",
    "dossier_item", "issue",
}  # fmt: skip
"""By rows of their own: what is done there leaves no row in the ticket's history."""
OF_THE_IMPORT = {
    "issue_unit", "issue_firing", "colour_span", "measure", "claim", "part_taken", "lookback",
    "import_identity", "likeness_key", "complainant", "search_text",
    "issue_layer", "contradiction", "target",
}  # fmt: skip
"""Written by an import itself; what a person adds to them stands in the ticket's history."""
IN_THE_HISTORY = {
    "callback", "card", "card_proposal", "clearance", "complaint_original", "contradiction_ruling",
    "county_task", "covert_note",
    "evidence", "exposure", "extension", "finding", "flag_ruling", "instruction", "issue_link",
    "message",
    "objection", "progress_report", "reading", "site_check", "text_item", "waiver",
}  # fmt: skip
"""Each is written by an act that has its row in the ticket's history, a message beside it."""
READ_FROM_IT = {"score_entry"}
"""Booked by what the history says; of a ticket that is taken back a line takes it back too."""
CLOSED = {"是否销号": "是", "整改措施": (1, "封堵排口", "2025年8月底前", "是")}
LATE = {"整改时限": "2025年11月20日前"}
WRONG = "错写的目标"


def sheet(*changes, **every):
    return register(*({"存在问题": f"第{n}处污水散排。"} | every | one
                      for n, one in enumerate(changes)))  # fmt: skip


def test_every_table_about_a_ticket_is_accounted_for(app):
    about = {
        table.name
        for table in db.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "issue"
    }

    assert about == LOOKED_UP | OF_THE_IMPORT | IN_THE_HISTORY | READ_FROM_IT


class Doing:
    """One of each kind of thing that may be done to a ticket that came in."""

    def __init__(self, people, make_issue):
        self.people, self.make = people, make_issue

    def comment(self, issue):
        self.make.act(Action.COMMENT, issue, "sun", text="请核实")
        return "留言"

    def amendment(self, issue):
        told = {"fields": {"goal": "改正的目标"}, "reason": "更正"}
        self.make.act(Action.AMEND, issue, "sun", **told)
        return "调整事项"

    def report(self, issue):
        self.make.act(
            Action.REPORT_PROGRESS, issue, "chen", text="本月已清运淤泥三十立方米", measures=[]
        )
        return "填报进展"

    def instruction(self, issue):
        self.make.act(Action.INSTRUCT, issue, "zhao", text="请抓紧", due_on="2025-12-10")
        return "批示"

    def card(self, issue):
        self.make.act(Action.RAISE_CARD, issue, "sun", colour="yellow", reason="进展缓慢")
        return "挂牌"

    def file(self, issue):
        self.make.evidence(issue)
        return "上传佐证材料"

    def lookback(self, issue):
        told = {"planned_on": "2026-02-01", "reason": "群众反映"}
        self.make.act(Action.PLAN_LOOKBACK, issue, "sun", **told)
        return "安排回头看"

    def merged(self, issue):
        other = self.make(Status.ASSIGNED, title="同一处问题")
        self.make.act(Action.MERGE, other, "zhou", into=issue.number, reason="同一问题")
        return f"并入了{other.number}"

    def paper(self, issue):
        with transaction():
            drafting.draft_by_hand(NoticeKind.N1, [issue.number], self.people.sun, clock.now())
        return "起草提示函"

    def edited(self, issue):
        """A draft of the system's that somebody has changed is somebody's."""
        paper = drafted(issue)
        with transaction():
            papers.do(
                NoticeAct.EDIT, paper.id, self.people.sun, {"title": "关于整改的提示函"}, press()
            )
        return "修改提示函"

    def dossiers(self, issue):
        with transaction():
            batches.begin(self.people.sun, [issue.id], at=clock.real_now())
        return "批量导出一题一档"

    def look(self, issue):
        with transaction():
            audit.record_beside(
                issue, BesideAct.EXPORT_DOSSIER, self.people.sun, at=clock.now(), is_covert=True
            )
        return "导出一题一档"

    def difference(self, issue):
        """What a later file says otherwise, taken over by a command, which is nobody's account."""
        place = int(issue.problem.removeprefix("第").partition("处")[0])
        content = sheet(*({} for _ in range(place)), {"整改目标": "另一个目标"})
        read = read_workbook(content, None, TODAY)
        found = compare_with_register(read, Directory(unit_names()), Policy.default())
        (one,) = (one for one in found.differences if one.number == issue.number
                  and one.label == "整改目标")  # fmt: skip
        with transaction():
            assert take_over([one], self.people.sun, "台账.xlsx", clock.now()).done
        return "调整事项"

    def source(self, issue):
        """Untied again it was tied all the same."""
        with transaction():
            row = Polluter(
                name=f"示例源{issue.number}", kind=PolluterKind.FACTORY, region=issue.region,
                made_at=clock.now(),
            )  # fmt: skip
            db.session.add(row)
            db.session.flush()
            sun = self.people.sun
            db.session.add(PolluterTie(
                polluter_id=row.id, issue_id=issue.id, tied_on=TODAY, tied_by_id=sun.id,
                ended_at=clock.now(),
            ))  # fmt: skip
        return "关联污染源"

    def lead(self, issue):
        """Without a picture, which would stand in the ticket's history."""
        said = {one.name: "" for one in FORM} | {
            "origin": "patrol", "region": issue.region, "place": "河段", "text": "示例线索。",
            "at": clock.now(),
        }  # fmt: skip
        lin = self.people.lin
        with transaction():
            found = taking.take(lin, said, [], clock.now()).lead
            triage.link(found.id, {"to": issue.number, "reason": "同一处"}, lin, clock.now())
        return f"并入线索第{found.id}号"

    def keeping(self, issue):
        sun = self.people.sun
        with transaction():
            keeper = roll.add(sun, {"name": "包保人甲", "phone": "0827"})
            giving.give_ticket(sun, keeper.id, issue, {"level": "area", "from_on": ""})
        return "指定包保人包保人甲"

    def assessment(self, _issue):
        """The last: it lists every ticket worse than its card."""
        with transaction():
            rounds.open_on(TODAY, self.people.sun, clock.now())
        return "列入调度"


DONE = [name for name in vars(Doing) if not name.startswith("_")]
STRUCK_OFF, OVERDUE = "lookback", "assessment"


def drafted(issue):
    with transaction():
        fresh = db.session.get_one(Issue, issue.id)
        due = (NoticeKind.N1, [fresh], "first_yellow", f"test-{issue.id}")
        return drafting.draft(*due, SYSTEM, clock.now())


@pytest.mark.postgresql
def test_each_kind_of_act_keeps_the_import_and_is_named(app, people, make_issue):
    special = {STRUCK_OFF: CLOSED, OVERDUE: LATE}
    first = bring_kept(sheet(*(special.get(name, {}) for name in DONE)))
    numbers = [number for _, number in first.report["numbers"]]
    assert plan(first).hindrances == []
    doing = Doing(people, make_issue)

    expected = {n: getattr(doing, name)(ticket(n)) for name, n in zip(DONE, numbers, strict=True)}

    found = plan(first).hindrances
    for number, what in expected.items():
        of_it = {one.what for one in found if one.number == number}
        assert what in of_it, (number, what, of_it)
        issue = ticket(number)
        assert hindrances({issue.id: number}, drafts_on([issue.id])), what
    with pytest.raises(WrongStatus) as refused:
        take_back_import(first, people.sun)
    assert f"另有{len(found) - NAMED}项" in refused.value.sentence
    assert str(found[0]) in refused.value.sentence
    assert Status.TAKEN_BACK not in set(db.session.scalars(select(Issue.status)))


def test_a_draft_that_was_assigned_stays(app, people, make_issue):
    first = bring_kept(sheet({}), profile=Profile(start=Status.DRAFT))
    number = first.report["numbers"][0][1]
    assert ticket(number).status is Status.DRAFT
    make_issue.act(Action.ASSIGN, ticket(number), "sun")

    with pytest.raises(WrongStatus, match=f"{number}.*交办"):
        take_back_import(first)


def test_what_the_system_does_by_itself_keeps_nothing(app, people):
    first = bring_kept(sheet(LATE, {}, {}))
    one, two, three = (ticket(number) for _, number in first.report["numbers"])
    with transaction():
        for issue, act in ((one, BesideAct.CHECK_THRESHOLDS), (two, BesideAct.CLEAN_TEXT)):
            audit.record_beside(issue, act, SYSTEM, at=clock.now())
    paper = drafted(one)

    gone = take_back_import(first, people.sun)

    db.session.expire_all()
    assert [draft.id for draft in gone.drafts] == [paper.id]
    assert (paper.status, paper.void_reason) == (NoticeStatus.VOID, "导入撤回：导错了文件")
    assert paper.occurrence.startswith(GONE)
    events = select(Event.action).where(Event.is_about(Subject.NOTICE, paper.id))
    assert db.session.scalars(events.order_by(Event.seq)).all() == ["draft", "void"]
    again = bring_kept(sheet(LATE, {}, {}))
    assert again.report["again"] == len((one, two, three))
    assert drafted(one).status is NoticeStatus.DRAFT, "the trigger is free again"
    assert take_back_import(again).hindrances == []


def test_the_jobs_draft_nothing_on_what_went(app, people):
    near = {"整改时限": "2025年12月2日前", "整改措施": (1, "封堵排口", "2025年12月1日前", "否")}
    first = bring_kept(sheet(near))
    assert due_drafts(TODAY, Policy.default())
    take_back_import(first)

    assert due_drafts(TODAY, Policy.default()) == []
    with transaction():
        assert rounds.open_on(TODAY, people.sun, clock.now()).items == []


@pytest.mark.both
def test_look_backs_that_its_complaints_proposed_go_with_it(app, people):
    here = {"点位": "某河段（106.76，31.85）"}
    bring_kept(sheet(CLOSED | here))
    old = ticket("BZ-AF-2025-001")
    complaint = here | {"问题来源": "省级督察信访", "存在问题": "又见污水。"}
    first = bring_kept(register(complaint))
    visit = select(Lookback).where(Lookback.issue_id == old.id, Lookback.why.contains("信访件"))
    assert db.session.scalars(visit).one()

    gone = take_back_import(first, people.sun)

    assert len(gone.visits) == 1
    assert db.session.scalars(visit).all() == []
    last = select(Event).where(Event.is_about(Subject.TICKET, old.id)).order_by(Event.seq.desc())
    event = db.session.scalars(last).first()
    assert (event.action, event.is_covert) == (BesideAct.DROP_LOOKBACK.value, True)
    bring_kept(register(complaint))
    assert db.session.scalars(visit).one()
