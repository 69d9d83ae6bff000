"""The example city: imports and acts alone have built it, and every state is somewhere in it."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from codes_in_papers import printing_codes
from sheets import read
from sqlalchemy import func, select

from auth.models import User
from auth.passwords import is_password
from auth.signin import actor_for
from extensions import db
from issues import audit, regions, tried_out
from issues.burden.forms import REPLY
from issues.colour.facts_of import facts_of
from issues.colour.policies import policy_on, workdays
from issues.evidence.flags.examine import flags_of
from issues.ground import clock
from issues.imprints import checking
from issues.jobs.runner import run_once, tools_for
from issues.jobs.timetable import JOBS
from issues.keepers import inherited
from issues.models import (
    AssessmentRound,
    CovertPhoto,
    Event,
    Evidence,
    Extension,
    Issue,
    Lead,
    Lookback,
    Notice,
    PolicyVersion,
    ProgressReport,
    ScoreAppeal,
    ScoreEntry,
    ScoreQuarter,
    Setting,
    SiteCheck,
)
from issues.queries.burden import figures as burden
from issues.queries.keepers.own import own
from issues.queries.keepers.rollup import colours_by_keeper
from issues.queries.keepers.unkept import unkept_page
from issues.queries.leads.alike import beside
from issues.queries.ledger.stood import COMMAND
from issues.queries.likeness.unchecked import unchecked
from issues.queries.polluters import page as polluters
from issues.queries.supervision.sites import check
from issues.queries.worklist.first_week import Facts, first_week
from issues.rules.colour import shown_colour, thresholds
from issues.rules.firings import firings
from issues.search.asking import finds
from issues.supervision.sites.asked_shapes import point_of
from issues.vocabulary import (
    OFF_BOARD,
    Colour,
    FlagKind,
    KeeperLevel,
    LeadOrigin,
    LeadState,
    NoticeKind,
    NoticeStatus,
    Role,
    ScoreState,
    Source,
    Status,
    Subject,
)
from seed import city, example, volume
from seed.bulk.facts import ticket

DAY = date(2025, 11, 25)
SECRET = "known to every test and to nobody else"
PASSWORD = "Shili-2025-mima"


@pytest.fixture
def filled(empty_app, shelf):
    """The example loaded on a later day than its own."""
    clock.stand_still(DAY + timedelta(days=9))

    def load():
        assert example.load(empty_app, lambda _line: None, PASSWORD) == PASSWORD
        assert clock.today() == DAY + timedelta(days=9)
        return db.session.scalars(select(User)).first(), None

    shelf.of("the example city", load, is_dear=True)
    return empty_app


def signed(kind):
    return db.session.scalars(
        select(Notice).where(Notice.kind == kind, Notice.status == NoticeStatus.SIGNED)
    ).all()


def test_the_example_city_is_whole(filled, tmp_path):
    """On SQLite; tests/browser/scale loads it into PostgreSQL."""
    assert tried_out.beside() == []
    assert {"账号", "单位", "问题"} <= {one.entered.label for one in tried_out.marked()}
    issues = db.session.scalars(select(Issue)).all()

    assert {issue.status for issue in issues} == set(Status) - {Status.TAKEN_BACK}
    _the_117_are_as_their_ledger_says(issues)
    _everything_happened_on_its_own_day_by_the_cast()
    _notices_are_where_they_should_be(filled)
    _the_proof_is_kept_and_raises_no_flag(filled)
    _no_time_contradicts_another(issues)
    _leads_of_every_origin_stand_in_every_state()
    _the_city_has_its_words_and_rules()
    _what_is_stored_is_what_the_rules_say(issues)
    _sources_and_layers_have_something_to_show(issues)
    _no_form_asked_for_what_was_known()
    assert printing_codes() == []
    _its_export_can_be_read(filled, tmp_path)


def _sources_and_layers_have_something_to_show(issues):
    sun = actor_for(db.session.scalars(select(User).where(User.name == "sun")).one())
    (often,) = polluters.repeated(sun, DAY)
    assert often.problems == 3
    shown = polluters.listed(polluters.Asked(), sun, 1)
    assert all(line.polluter.name.startswith("示例") for line in shown.items)
    assert [line.polluter.name for line in shown.items if not line.tickets] == ["示例：化成页岩矿"]
    assert [line.polluter.name for line in shown.items if line.leads] == ["示例：三江砂石厂"]
    (sand,) = (issue for issue in issues if issue.number == "BZ-AF-2025-005")
    found = unchecked(sand, sun, DAY)
    assert [one.name for one in found.firms] == ["示例：化成页岩矿"]
    newest = db.session.scalars(select(Lead).order_by(Lead.id.desc())).first()
    side = beside(newest, sun)
    assert side.tickets[0].number == "BZ-AF-2025-005"
    assert len(side.leads) == 1
    (place,) = {(i.lon, i.lat) for i in issues if i.number == "BZ-AF-2025-005"}
    asked = point_of(*map(str, place), is_gcj02=False)
    site = check(asked, sun, 1000)
    assert {layer.kind.value for layer in site.met} == {"water", "no_farms"}
    assert len(site.layers) == 3
    assert all("示例" in layer.name and "示例" in layer.owner for layer in site.layers)
    assert [one.name for one in site.polluters] == ["示例：三江砂石厂"]


def _no_form_asked_for_what_was_known():
    sun = actor_for(db.session.scalars(select(User).where(User.name == "sun")).one())
    told = burden.figures(sun, DAY.year)
    assert told.total.asked == 0
    assert told.total.filled > len(told.by_month)
    assert told.total.form
    assert told.total.substance
    answers = next(one for one in told.by_action if one.key == REPLY.key)
    assert (answers.forms, answers.form, answers.filled) == (3, 1, 3)
    assert {one.key for one in told.by_unit} >= {city.BAZHOU, city.ENYANG}


def _its_export_can_be_read(app, folder):
    file = folder / "全市.xlsx"
    result = app.test_cli_runner().invoke(args=["ledger", "export", str(file)])
    assert (result.exit_code, result.exception) == (0, None)
    ledger = read(file.read_bytes())
    on_board = [i for i in db.session.scalars(select(Issue)) if i.status not in OFF_BOARD]
    assert ledger.errors == ()
    assert {i.number for i in ledger.items} == {i.number for i in on_board}
    _read_again_it_differs_in_nothing(app, file, len(on_board))


def _read_again_it_differs_in_nothing(app, file, count):
    result = app.test_cli_runner().invoke(args=["ledger", "import", str(file), "--diff"])
    assert (result.exit_code, result.exception) == (0, None), result.output
    assert f"共比对{count}个问题，0 处差异" in result.output


def _the_117_are_as_their_ledger_says(issues):
    ledger = [i for i in issues if i.source is Source.AF and i.imported_on]
    colours = Counter(shown_colour(issue, DAY) for issue in ledger)
    assert colours == {Colour.GREY: 46, Colour.GREEN: 62, Colour.YELLOW: 6, Colour.RED: 3}
    assert len([i for i in issues if i.imported_on]) == 117 + 22 + 39 + 22
    walked = [i for i in issues if i.imported_on is None]
    assert all(issue.title.startswith("示例") for issue in walked)
    assert min(issue.number for issue in walked) == "BZ-AF-2025-133"


def _everything_happened_on_its_own_day_by_the_cast():
    assert list(audit.faults(SECRET)) == []
    assert list(checking.faults()) == []
    assert db.session.scalar(select(func.max(Event.on))) == DAY
    users = {user.name: user for user in db.session.scalars(select(User))}
    assert set(users) == {*city.CAST, *city.COUNTY_CAST}
    assert is_password(users["sun"].password_hash, PASSWORD)
    assert actor_for(users["sun"]).roles == {Role.OFFICE}
    assert not any(user.must_change_password for user in users.values())
    facts, _is_away = first_week(actor_for(users["sun"]))
    assert facts == Facts(*[True] * 6, bool(db.session.scalar(select(AssessmentRound.id).limit(1))))


def _notices_are_where_they_should_be(app):
    (red,) = signed(NoticeKind.N3)
    assert app.extensions["evidence"].exists(red.sha256)
    assert red.acknowledged_at
    assert red.reply_due < DAY
    (of_county,) = (paper for paper in signed(NoticeKind.N1) if paper.centre_id)
    assert of_county.number == "巴州区指挥中心提〔2025〕1号"
    assert len(signed(NoticeKind.N1)) == 4
    assert len(signed(NoticeKind.N0)) == 16
    drafts = db.session.scalars(select(Notice.kind).where(Notice.status == NoticeStatus.DRAFT))
    assert NoticeKind.N3 in set(drafts)
    asked = db.session.scalars(select(Extension).where(Extension.state == "pending")).all()
    assert len(asked) == 1


def _the_proof_is_kept_and_raises_no_flag(app):
    rows = db.session.scalars(select(Evidence)).all()
    assert len(rows) >= 30
    assert all(app.extensions["evidence"].exists(row.sha256) for row in rows)
    assert all(row.name.startswith("示例") for row in rows)
    lin = actor_for(db.session.scalars(select(User).where(User.name == "lin")).one())
    twins = {FlagKind.SAME_BYTES, FlagKind.NEAR_IDENTICAL}
    for issue in db.session.scalars(select(Issue).where(Issue.imported_on.is_(None))):
        own = [row for row in rows if row.issue_id == issue.id]
        found = [flag for flags in flags_of(issue, own, lin).values() for flag in flags]
        assert not [flag for flag in found if flag.kind in twins]


def _no_time_contradicts_another(issues):
    """No photo is taken after its upload, and nothing is of a time before its ticket was found."""
    photos = [
        *db.session.scalars(select(Evidence).where(Evidence.taken_at.is_not(None))),
        *db.session.scalars(select(CovertPhoto)),
    ]
    assert len(photos) >= 30
    assert [row.name for row in photos if shot(row) > row.uploaded_at] == []
    begun = {issue.id: issue.created_at for issue in issues if issue.imported_on is None}
    moments = [
        (row.issue_id, moment)
        for kind in (Evidence, SiteCheck, Lookback, ProgressReport)
        for row in db.session.scalars(select(kind).where(kind.issue_id.in_(begun)))
        for moment in moments_of(row)
    ]
    told = select(Event.subject_id, Event.at).where(Event.subject == Subject.TICKET.value)
    moments += [tuple(row) for row in db.session.execute(told.where(Event.subject_id.in_(begun)))]
    assert len(moments) > 200
    assert [one for one in moments if one[1] < begun[one[0]]] == []
    checks = db.session.scalars(select(SiteCheck)).all()
    assert checks
    assert all(check.at <= check.recorded_at for check in checks)


def shot(row):
    """A camera tells its own clock without saying which: the city's."""
    taken = datetime.fromisoformat(row.taken_at)
    return taken if taken.tzinfo else taken.replace(tzinfo=clock.SHANGHAI)


@pytest.mark.parametrize(("taken", "is_told"), [("09:29", False), ("10:37", True)])
def test_a_photo_taken_after_it_came_is_told(taken, is_told):
    came = datetime(2025, 9, 1, 9, 29, tzinfo=clock.SHANGHAI)
    row = Evidence(taken_at=f"2025-09-01T{taken}:00", uploaded_at=came)

    assert (shot(row) > row.uploaded_at) is is_told


def moments_of(row):
    told = [getattr(row, name, None) for name in ("at", "uploaded_at", "recorded_at")]
    told.append(shot(row) if getattr(row, "taken_at", None) else None)
    return [moment for moment in told if moment is not None]


def _leads_of_every_origin_stand_in_every_state():
    """One became a draft that was there: the numbers of the example's tickets are known."""
    leads = db.session.scalars(select(Lead)).all()
    assert (len(leads), {one.origin for one in leads}) == (27, set(LeadOrigin))
    assert {one.state for one in leads} == set(LeadState)
    (became,) = [one for one in leads if one.state is LeadState.TICKET]
    assert became.received_at < became.triaged_at == became.issue.created_at
    assert became.issue.title.startswith("示例")
    assert all(one.text.startswith("示例") for one in leads)
    waiting = [one for one in leads if one.state is LeadState.NEW]
    assert [one.origin_ref for one in waiting if one.is_urgent] == ["SL-ZC-004"]
    assert len([one for one in waiting if clock.day_of(one.due_at) <= DAY]) == 2


def _the_city_has_its_words_and_rules():
    rules = db.session.scalars(select(PolicyVersion)).one()
    assert (rules.number, rules.name) == (1, "默认规则（待市环委办确认）")
    assert policy_on(DAY)[0] == 1
    words = {row.key: row.value for row in db.session.scalars(select(Setting))}
    assert (words["city"], words["number_prefix"]) == ("巴中市", "BZ")
    assert words["notice_issuers"]["office"]["name"] == "巴中市生态环境保护委员会办公室"


def _what_is_stored_is_what_the_rules_say(issues):
    policy, calendar = policy_on(DAY)[1], workdays()
    for issue in issues:
        wanted = thresholds(firings(facts_of(issue), policy, calendar))
        assert (issue.yellow_from, issue.red_from) == wanted, issue.number


@pytest.mark.both
def test_the_example_goes_into_an_empty_database_alone(app):
    with pytest.raises(example.NotEmpty):
        example.load(app, lambda _line: None)

    result = app.test_cli_runner().invoke(args=["seed", "example"])

    assert result.exit_code == 1
    assert "只能装入空的数据库" in result.output


@pytest.mark.postgresql
def test_a_load_that_is_broken_off_leaves_nothing_and_can_be_begun_anew(empty_app):
    def stop_at_the_second_workbook(line):
        if "ledger_inspection" in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        example.load(empty_app, stop_at_the_second_workbook, PASSWORD)

    assert example.is_empty()
    assert db.session.scalar(select(func.count()).select_from(Event)) == 0


@pytest.mark.postgresql
def test_a_volume_is_legal_in_every_table(empty_app, tmp_path):
    result = empty_app.test_cli_runner().invoke(args=["seed", "volume", "--issues", "120"])

    assert (result.exit_code, result.exception) == (0, None)
    issues = db.session.scalars(select(Issue)).all()
    assert len(issues) == 120
    _what_is_stored_is_what_the_rules_say(issues)
    assert list(audit.faults(SECRET)) == []
    found = db.session.scalars(select(Issue.number).where(finds("填埋场", COMMAND))).all()
    assert sorted(found) == sorted(i.number for i in issues if "填埋场" in i.title + i.problem)
    assert found
    _its_export_can_be_read(empty_app, tmp_path)


@pytest.mark.both
def test_a_second_volume_goes_beside_the_first(empty_app):
    volume.load(3, lambda _line: None, PASSWORD)
    volume.load(4, lambda _line: None)

    assert len(set(db.session.scalars(select(Issue.number)))) == 7


def test_a_volume_is_the_same_every_time():
    assert ticket(100_007) == ticket(100_007)
    assert len({ticket(place).status for place in range(300)}) == 10


def test_left_alone_until_march_each_ticket_gets_one_paper(filled, empty_app):
    """One got a reminder and a notice in the same minute, one two summonses (case 21)."""
    before = set(db.session.scalars(select(Notice.id)))
    march = date(2026, 3, 1)
    clock.stand_still(march)
    tools = tools_for(march, empty_app.extensions["evidence"], SECRET)

    runs = [run_once(JOBS["draft-notices"], tools) for _ in range(2)]

    rows = select(Issue.number, Notice.kind).join(Issue, Issue.id == Notice.issue_id)
    made = db.session.execute(rows.where(Notice.id.not_in(before))).all()
    assert [(run.done, run.failed) for run in runs] == [(len(made), 0), (0, 0)]
    assert len(made) > 20
    assert set(Counter(row.number for row in made).values()) == {1}
    assert [row.kind for row in made if row.number == "BZ-AF-2025-147"] == [NoticeKind.N6]


def test_the_example_s_scores_are_what_its_history_says(filled):
    with clock.standing_on(DAY):
        told = filled.test_cli_runner().invoke(args=["scores", "recount", "--year", "2025"])

    assert told.exit_code == 0, told.output
    assert "与办理记录一致" in told.output
    assert set(db.session.scalars(select(ScoreQuarter.quarter))) == {1, 2, 3}
    assert set(db.session.scalars(select(ScoreEntry.quarter))) == {1, 2, 3, 4}
    states = set(db.session.scalars(select(ScoreAppeal.state)))
    assert states == {ScoreState.APPEALED, ScoreState.UPHELD}


def test_the_example_s_keepers_stand_in_every_county_and_have_what_to_do(filled):
    """On each level, with tickets, one of them seen; what nobody keeps is the city's own."""
    sun, zhao = (
        actor_for(db.session.scalars(select(User).where(User.name == name)).one())
        for name in ("sun", "zhao")
    )
    with clock.standing_on(DAY):
        counties = regions.below(city.CITY_CODE)
        colours = colours_by_keeper(sun, DAY)
        mine = own(zhao, DAY, 1).items
        left = unkept_page(sun, DAY, "", 1)
    assert len(counties) == 5
    for county in counties:
        kept = inherited.of_place(county.code)
        assert [one.level for one in kept] == list(KeeperLevel)
        assert all(colours[one.keeper_id].total() for one in kept), county.name
    assert [one.visited_on for one in mine if one.visited_on] == [DAY]
    assert left.total == 30
