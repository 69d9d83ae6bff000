"""A unit merged or split: open tickets go on under another with history, closed ones keep it."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from page import counted
from people import BAZHOU, BUREAU
from sqlalchemy import func, select

from auth.actor import SYSTEM
from auth.models import Unit, UnitAlias, User
from extensions import db, rehearsal
from issues.exchange.aliases import unit_names
from issues.exchange.reading.unit_names import Directory
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.models import ColourSpan, Event, Issue, IssueUnit, Notice
from issues.queries.admin import reforms
from issues.rules.colour import NEVER
from issues.succession import reforming
from issues.vocabulary import Relation, Status, Subject
from issues.workflow.parties import set_units

WATER, HOUSING, FARMS = "511900-SLJ", "511900-ZJJ", "511900-NYNC"
REASON = "川委办〔2025〕1号"


def unit(code):
    return db.session.scalars(select(Unit).where(Unit.code == code)).one()


def told(issue_id):
    about = Event.is_about(Subject.TICKET, issue_id)
    rows = select(Event).where(about, Event.action == "move_units")
    return db.session.scalars(rows).all()


def counts():
    found = [db.session.scalar(select(func.count()).select_from(one)) for one in (Issue, Event)]
    db.session.rollback()
    return found


def units_of(issue_id):
    issue = db.session.get_one(Issue, issue_id)
    found = {one.unit.code for one in issue.reaches if one.relation is not Relation.TERRITORIAL}
    db.session.rollback()
    return found


@pytest.mark.postgresql
def test_a_merged_unit_goes_on_in_the_other(browser, make_issue, people):
    open_one, closed = make_issue(Status.RECTIFYING), make_issue(Status.CLOSED)
    keeper, url = browser.as_("sysadmin"), f"/admin/units/{BUREAU}/merge"
    page = keeper.get(url)
    assert "未办结事项" in page.text
    assert "1 件，改由新单位承担" in page.text

    checked = keeper.post(f"{url}/check", via=url, into=WATER, reason=REASON)
    assert checked.heading == "核对：市生态环境局并入市水利局"
    assert "1 件，改由新单位承担" in checked.text
    assert BUREAU in units_of(open_one.id)
    told_before = reforms.concerned(unit(BUREAU).id)
    done = keeper.send(url, **checked.form(url).drawn())

    assert done.url.endswith("/reformed")
    db.session.rollback()
    assert reforms.done_to(unit(BUREAU).id).counted == told_before
    assert BUREAU not in units_of(open_one.id)
    assert WATER in units_of(open_one.id)
    assert BUREAU in units_of(closed.id)
    assert (len(told(open_one.id)), len(told(closed.id))) == (1, 0)
    assert told(open_one.id)[0].reason.endswith(REASON)
    assert people.liu.unit_code == WATER
    directory = Directory(unit_names())
    assert directory.find("市生态环境局") == WATER
    assert directory.called(BUREAU) == "市生态环境局"
    db.session.rollback()
    browser.as_("liu").get(f"/issues/{open_one.number}")
    form = browser.as_("sun").get("/issues/new").form("/issues/new")
    assert BUREAU not in [node["value"] for node in form.node.all("option")]
    listed = browser.as_("sun").get(f"/issues?unit={BUREAU}&status=closed")
    assert closed.number in listed.text
    assert not keeper.get(url).has_form(f"{url}/check")
    keeper.send(url, 409, **keeper.bare({"into": WATER, "reason": REASON}))
    assert "没有并入其他单位" in keeper.get(f"/admin/units/{WATER}/reformed").text
    keeper.send(f"/admin/units/{BUREAU}", 409, **keeper.bare({"name": "别的", "reason": REASON}))


MOST_A_TICKET = 4
"""The ticket's row, its span, its history; a paper of its own."""


def test_a_reform_reads_once_and_writes_few_statements_a_ticket(make_issue):
    named = {"primary_unit": BUREAU, "acceptance_unit": HOUSING}
    made = [make_issue(Status.RECTIFYING, **named).id]
    few = statements_of_a_merger()
    made += [make_issue(Status.RECTIFYING, **named).id for _ in range(3)]
    db.session.rollback()
    many = statements_of_a_merger()

    assert len(many) - len(few) <= 3 * MOST_A_TICKET
    reads = [sum(one.startswith("SELECT") for one in run) for run in (few, many)]
    assert reads[0] == reads[1]
    done = reforming.merge(SYSTEM, BUREAU, WATER, REASON, clock.now())
    assert done.tickets == len(made)
    spans = select(ColourSpan.unit_id).where(
        ColourSpan.issue_id.in_(made), ColourSpan.valid_to == NEVER
    )
    assert set(db.session.scalars(spans)) == {unit(WATER).id}
    db.session.rollback()
    assert unit(BUREAU).ended_at is None


def test_whoever_would_accept_its_own_work_is_told_with_the_numbers(browser, make_issue):
    issue = make_issue(Status.PLANNING, primary_unit=BUREAU, acceptance_unit=WATER)
    before, keeper = counts(), browser.as_("sysadmin")

    url = f"/admin/units/{BUREAU}/merge"
    page = keeper.post(f"{url}/check", 422, via=url, into=WATER, reason=REASON)

    assert issue.number in page.error("into")
    assert counts()[0] == before[0]
    assert unit(BUREAU).ended_at is None
    assert told(issue.id) == []


@pytest.mark.parametrize("code", [BAZHOU, "511900-HWB"])
def test_a_county_and_the_leading_body_stay(browser, code):
    keeper = browser.as_("sysadmin")
    for way, field in (("merge", "into"), ("split", "usual")):
        url = f"/admin/units/{code}/{way}"
        assert not keeper.get(url).has_form(f"{url}/check")
        keeper.send(url, 409, **keeper.bare({field: WATER, "reason": REASON}))
    assert unit(code).ended_at is None


@pytest.mark.parametrize(
    ("field", "value"), [("into", ""), ("into", BUREAU), ("into", "000000"), ("reason", " ")]
)
def test_a_wrong_merger_is_told_at_its_field(browser, field, value):
    keeper, url = browser.as_("sysadmin"), f"/admin/units/{BUREAU}/merge"
    before, said = counts(), {"into": WATER, "reason": REASON} | {field: value}

    assert keeper.post(f"{url}/check", 422, via=url, **said).error(field)
    assert keeper.send(url, 422, **keeper.bare(said)).error(field)

    assert unit(BUREAU).ended_at is None
    assert counts() == before


def test_a_split_sends_each_ticket_where_it_was_told(browser, make_issue, people):
    one, other = make_issue(Status.RECTIFYING), make_issue(Status.RECTIFYING)
    keeper, url = browser.as_("sysadmin"), f"/admin/units/{BUREAU}/split"
    said = {"usual": WATER, "reason": REASON}
    page = keeper.post(f"{url}/check", 422, via=url, **said)
    assert "分设至少有两个单位" in page.text

    chosen = {f"ticket:{other.number}": FARMS, f"person:{people.liu.id}": FARMS}
    done = keeper.reform(url, **said | chosen)

    assert "市水利局（事项1件、账号1个）、市农业农村局（事项1件、账号1个）" in done.text
    assert WATER in units_of(one.id)
    assert FARMS in units_of(other.id)
    assert BUREAU not in units_of(one.id) | units_of(other.id)
    assert (people.liu.unit_code, people.liulead.unit_code) == (FARMS, WATER)
    db.session.rollback()
    assert Directory(unit_names()).find("市生态环境局") is None
    db.session.rollback()
    assert "由分设而来" in keeper.get(f"/admin/units/{FARMS}").text


def test_an_open_paper_goes_to_the_successor(browser, make_issue):
    issue = make_issue(Status.RECTIFYING, primary_unit=BUREAU, acceptance_unit=WATER)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=issue.number)
    notice = db.session.scalars(select(Notice.id).order_by(Notice.id.desc())).first()

    browser.as_("sysadmin").reform(f"/admin/units/{BUREAU}/merge", into=FARMS, reason=REASON)

    row = db.session.get_one(Notice, notice)
    assert row.unit_id == unit(FARMS).id
    db.session.rollback()
    assert reforms.concerned(unit(BUREAU).id).notices == 0


def statements_of_a_merger():
    with counted() as statements, rehearsal():
        reforming.merge(SYSTEM, BUREAU, WATER, REASON, clock.now())
    return statements


CODES = (BUREAU, WATER, HOUSING, FARMS)
PLACES = ("primary_unit", "lead_unit", "acceptance_unit", "supervising_unit")
STANDING = st.lists(
    st.tuples(*(st.sampled_from(CODES) for _ in PLACES)).filter(lambda one: one[0] != one[2]),
    min_size=3, max_size=3,
)  # fmt: skip


@pytest.fixture
def three(make_issue):
    return [make_issue(status).id for status in (Status.RECTIFYING, Status.DRAFT, Status.CLOSED)]


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STANDING, st.permutations(CODES))
def test_no_merger_loses_a_ticket_or_lets_anybody_accept_its_own_work(three, people, wanted, codes):
    old, new = codes[:2]
    with rehearsal():
        known = {code: unit(code) for code in CODES}
        for issue_id, held in zip(three, wanted, strict=True):
            issue = db.session.get_one(Issue, issue_id)
            for name, code in zip(PLACES, held, strict=True):
                setattr(issue, name, known[code])
            db.session.flush()
            set_units(issue, responsible=[], supporting=[known[old]])
        db.session.flush()
        events = db.session.scalar(select(func.count()).select_from(Event))
        moved = [one.id for one in reforms.tickets_of(known[old].id)]
        if any({held[0], held[2]} == {old, new} for held in wanted[:2]):
            with pytest.raises(Incomplete, match="尚未提交"):
                reforming.merge(people.sysadmin, old, new, REASON, clock.now())
            assert db.session.scalar(select(func.count()).select_from(Event)) == events
            return
        reforming.merge(people.sysadmin, old, new, REASON, clock.now())
        db.session.flush()
        assert set(moved) == set(three[:2])
        assert [len(told(one)) for one in three] == [1, 1, 0]
        for issue in db.session.scalars(select(Issue)):
            assert issue.primary_unit_id != issue.acceptance_unit_id
        left = select(IssueUnit.issue_id).where(IssueUnit.unit_id == known[old].id)
        assert set(db.session.scalars(left)) <= {three[2]}
        assert db.session.scalar(select(func.count()).select_from(Issue)) == 3
        assert not db.session.scalars(select(User.id).where(User.unit_id == known[old].id)).all()
        assert not db.session.scalars(
            select(UnitAlias.id).where(
                UnitAlias.unit_id == known[old].id, UnitAlias.ended_at.is_(None)
            )
        ).all()


def test_what_does_not_name_the_unit_is_not_touched(browser, make_issue):
    issue = make_issue(Status.ASSIGNED)

    browser.as_("sysadmin").reform(f"/admin/units/{WATER}/merge", into=FARMS, reason=REASON)

    assert db.session.get_one(Issue, issue.id).version == issue.version
    assert told(issue.id) == []


def test_the_command_line_merges_as_the_page_does(app, make_issue):
    issue = make_issue(Status.ASSIGNED)
    run = app.test_cli_runner().invoke
    wrong = run(args=["units", "merge", "000000", "--into", WATER, "--reason", REASON])
    assert (wrong.exit_code, "没有代码为 000000" in wrong.stderr) == (1, True)
    same = run(args=["units", "merge", BUREAU, "--into", BUREAU, "--reason", REASON])
    assert (same.exit_code, "另一个在用的单位" in same.stderr) == (1, True)

    done = run(args=["units", "merge", BUREAU, "--into", WATER, "--reason", REASON])

    assert done.exit_code == 0, done.output
    assert WATER in units_of(issue.id)
    assert [one.actor for one in told(issue.id)] == ["系统"]
