"""A word is found by those whom a page tells it, and by nobody else: not even its count."""

from itertools import pairwise

import pytest
from make import PDF
from page import counted
from sqlalchemy import event, select

from auth.models import Unit, User
from extensions import db, transaction
from issues import audit
from issues.evidence import clearances
from issues.evidence.withdrawing import withdraw
from issues.ground import clock
from issues.imprints.writing import change
from issues.models import Evidence, Issue, Measure, Notice, NoticeIssue, SearchText
from issues.queries.register import lines as register
from issues.queries.register.filters import Filters
from issues.rights.scopes import NONE
from issues.rights.table import TABLE, Right, reach
from issues.search import index
from issues.search.asking import finds
from issues.search.hits import hits_of
from issues.search.kinds import READ
from issues.search.readers import Reader
from issues.search.rebuilding import rebuild
from issues.vocabulary import (
    Action,
    Audience,
    BesideAct,
    EvidenceKind,
    NoticeKind,
    NoticeStatus,
    Status,
)

KIND = EvidenceKind.COMPLETION
EVERYBODY = ("sun", "zhou", "lin", "chen", "liu", "zhao", "he")
FOUND_BY = {
    "巴环委督〔2025〕3号": ("sun", "zhou", "lin", "chen", "zhao", "he"),
    "限期修复管网的督办": ("sun", "zhou", "lin", "chen", "zhao", "he"),
    "巴环委移〔2025〕1号": ("sun", "zhou", "lin", "zhao", "he"),
    "巴环委通〔2025〕9号": EVERYBODY,
    "草拟未发": (),
    "闭水试验": EVERYBODY,
    "完工资料": EVERYBODY,
    "后门偷排": ("sun", "zhou", "lin"),
    "拍错点位": ("sun",),
    "暗中的拍错": ("sun",),
    "误传的理由": ("sun",),
    "请抓紧铺管": EVERYBODY,
    "夜间再访": ("sun", "zhou", "lin"),
    "复测管径": EVERYBODY,
    "郝经理": EVERYBODY,
    "包河长": EVERYBODY,
    "林督察": EVERYBODY,
    "告状人": (),
    "住东街": (),
    "异议者": (),
    "授权缘由": (),
    "内容不符": EVERYBODY,
    "13800000000": (),
    "bzq": EVERYBODY,
    "sthjj": EVERYBODY,
    "zkz": EVERYBODY,
}
"""Who of those that see the ticket finds it by what; 吴经办, of another unit, by nothing."""


def notice(issue, kind, unit_id, number, title):
    row = Notice(
        kind=kind, status=NoticeStatus.SIGNED if number else NoticeStatus.DRAFT, unit_id=unit_id,
        issue_id=issue.id, trigger="hand", occurrence=title, title=title, facts={},
        drafted_at=clock.now(), number=number, signed_on=clock.today() if number else None,
        sha256="0" * 64 if number else None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    db.session.add(NoticeIssue(notice_id=row.id, issue_id=issue.id))


def files(make_issue, people, issue):
    """One that everybody sees, a covert one, and two taken back, the second of them covert."""
    names = ("闭水试验.pdf", "后门偷排.pdf", "拍错点位.pdf", "暗中的拍错.pdf")
    ids = [
        make_issue.evidence(
            issue, EvidenceKind.COMPLETION, "chen", file=(name, PDF % bytes([65 + n]))
        ).id
        for n, name in enumerate(names)
    ]
    with transaction():
        issue = db.session.get(Issue, issue.id)
        _, covert, wrong, both = (db.session.get(Evidence, one) for one in ids)
        covert.is_covert = both.is_covert = True
        for row in (wrong, both):
            withdraw(
                db.session.get(Issue, issue.id), people.chen, row, "误传的理由", at=clock.now()
            )


@pytest.fixture
def told(make_issue, people):
    """A ticket with something of each kind for each audience."""
    issue = make_issue(
        Status.RECTIFYING, place="巴州区曾口镇三岔河", area_keeper="包河长 0827-5281234",
        contact="郝经理 13800000000", measures=[{"text": "复测管径", "deadline": "2026-03-31"}],
        complainant={"name": "告状人", "phone": "13800000000", "address": "住东街"},
    )  # fmt: skip
    make_issue.act(Action.AMEND, issue, "sun", fields={"inspector": "lin"}, reason="指定督察员")
    make_issue.act(Action.COMMENT, issue, "sun", text="请抓紧铺管，下周复查")
    files(make_issue, people, issue)
    with transaction():
        issue, at = db.session.get(Issue, issue.id), clock.now()
        own = issue.primary_unit_id
        notice(issue, NoticeKind.N2, own, "巴环委督〔2025〕3号", "关于限期修复管网的督办通知书")
        notice(issue, NoticeKind.N7, own, "巴环委移〔2025〕1号", "问责线索移交函")
        notice(issue, NoticeKind.N5, own, "巴环委通〔2025〕9号", "十一月通报")
        notice(issue, NoticeKind.N2, own, None, "草拟未发的督办")
        audit.record_beside(
            issue, BesideAct.RULE_FLAG, people.lin, at=at, reason="夜间再访", is_covert=True
        )
        audit.record_beside(
            issue, Action.RECORD_OBJECTION, people.sun, at=at,
            detail={"who": "异议者", "text": "公示内容不符"},
        )  # fmt: skip
        lin = db.session.get(User, people.lin.id)
        clearances.grant(issue, people.zhou, lin, "授权缘由", clock.today(), at)
    return db.session.get(Issue, issue.id)


def found_by(people, name, question):
    return register.count(Filters(q=question), people[name], clock.today())


@pytest.mark.both
def test_each_word_is_found_by_those_who_are_told_it(told, make_issue, people):
    by = {
        word: tuple(name for name in (*EVERYBODY, "wu") if found_by(people, name, word))
        for word in FOUND_BY
    }
    assert by == FOUND_BY

    make_issue(Status.DRAFT, title="草稿件")
    agree(people)


def agree(people):
    """Pairs of characters of every text, for some people: the index and the texts say the same."""
    ids = db.session.scalars(select(Issue.id)).all()
    parts = [part for read in READ.values() for part in read(ids)]
    lines = (line for part in parts for line in part.body.split("\n"))
    met = {pair for line in lines for pair in map("".join, pairwise(line))}
    pairs = sorted(pair for pair in met if " " not in pair)
    for name in ("sun", "lin", "chen", "liu"):
        reader, seen = Reader.of(people[name]), reach(people[name])
        visible = set(db.session.scalars(select(Issue.id).where(seen)))
        for word in pairs[:: len(pairs) // 12]:
            held = {p.issue_id for p in parts if reader.sees(p) and word in p.body}
            found = set(db.session.scalars(select(Issue.id).where(seen, finds(word, people[name]))))
            assert found == held & visible, (name, word)
            assert set(hits_of(word, people[name], sorted(found))) == found, (name, word)


def test_the_test_would_see_a_guard_that_is_off(told, people, monkeypatch):
    """With every audience for everybody a unit finds what it may not: each guard is needed."""
    for right, word in ((Right.SEE_COVERT, "后门偷排"), (Right.SEE_WITHDRAWN, "拍错点位")):
        with monkeypatch.context() as patch:
            patch.setitem(TABLE, right, dict.fromkeys(TABLE[right], NONE))
            assert found_by(people, "sun", word) == 0

    everything = Reader(frozenset(Audience), None)
    monkeypatch.setattr(Reader, "of", classmethod(lambda *_: everything))
    kept_from = [word for word, who in FOUND_BY.items() if who and "chen" not in who]
    assert len(kept_from) == 6
    assert [word for word in kept_from if found_by(people, "chen", word)] == kept_from
    assert found_by(people, "liu", "巴环委督〔2025〕3号") == 1
    nobody = [word for word, who in FOUND_BY.items() if not who]
    assert not any(found_by(people, "chen", word) for word in nobody)


def test_a_hit_tells_where_the_word_stands_and_nothing_kept_from_the_reader(told, people):
    def where(name, question):
        found = hits_of(question, people[name], [told.id]).get(told.id, [])
        return [(hit.label, "".join(p.text for p in hit.pieces if p.is_found)) for hit in found]

    assert where("chen", "督〔2025〕3") == [("督办文号", "督〔2025〕3")]
    assert where("sun", "管径") == [("措施1", "管径")]
    assert where("sun", "sthjj") == [("单位", "生态环境局")] * 2
    assert where("sun", "zkz") == [("点位", "曾口镇")]
    assert where("sun", "拍错")[:2] == [("已撤回的佐证", "拍错")] * 2
    assert where("chen", "拍错") == where("lin", "拍错") == []
    assert where("liu", "限期修复") == []
    both = [("责任人及电话", "郝经理"), ("2025-11-25 留言", "铺管")]
    assert where("zhou", "郝经理 铺管") == both
    with counted() as statements:
        register.find(Filters(q="管网 bzq"), people.sun, clock.today())
    assert len(statements) <= 15


@pytest.mark.both
def test_the_index_is_in_step_however_a_fact_is_written(told, app, people, monkeypatch):
    """By objects, by a statement that names its rows, of a unit, of a person; and made anew."""
    assert index.refresh([told.id]) == 0
    with transaction():
        change(Measure, Measure.issue_id == told.id, text="改测坡度")
        db.session.get(User, people.lin.id).display_name = "林新名"
        db.session.get(Unit, told.primary_unit_id).short_name = "巴新区"
    for word in ("坡度", "林新名", "巴新区", "bxq"):
        assert found_by(people, "sun", word) == 1
    assert found_by(people, "sun", "管径") == found_by(people, "sun", "林督察") == 0
    assert index.refresh([told.id]) == 0

    falls_behind_alone(told)
    assert found_by(people, "sun", "改测流速") == 0
    run = app.test_cli_runner().invoke
    assert "段检索文字" in run(args=["ledger", "backfill"]).output
    assert found_by(people, "sun", "改测流速") == 1
    lost()
    assert found_by(people, "sun", "改测流速") == 0
    assert "检索文字" not in run(args=["ledger", "backfill"]).output
    assert "段检索文字" in run(args=["ledger", "backfill", "--search"]).output
    assert found_by(people, "sun", "改测流速") == 1
    assert list(rebuild(anew=True)) == [0]


def falls_behind_alone(told):
    """What is written while nothing follows: the control."""
    event.remove(db.session, "before_commit", index.follow)
    try:
        with transaction():
            change(Measure, Measure.issue_id == told.id, text="改测流速")
    finally:
        event.listen(db.session, "before_commit", index.follow, insert=True)


def lost():
    with transaction():
        for row in db.session.scalars(select(SearchText)).all():
            index._forget([(row.id, row.body)])  # noqa: SLF001 - as a lost index is
            db.session.delete(row)
