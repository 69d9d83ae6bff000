"""Steps of the database that write into rows which are there already."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from brought import bring
from flask_migrate import downgrade, upgrade
from sheets import short
from sqlalchemy import delete, insert, select

from auth.models import Unit
from extensions import db, transaction
from issues.city.words import every_word
from issues.models import (
    ImportIdentity,
    Issue,
    ProgressReport,
    ReportKey,
    ReportTwin,
    SearchText,
    Setting,
)
from issues.search.asking import finds
from issues.search.index import refresh
from issues.search.rebuilding import rebuild
from issues.vocabulary import Action, FoundIn, Role, Status

MIGRATIONS = Path(__file__).parents[2] / "migrations"
UNIT_KINDS = "0013_unit_kinds_in_full_width"
CONTRADICTIONS = "0031_contradictions"
BEFORE, FINGERPRINTS = "0011_board_of_a_million", "0012_report_fingerprints"
SAID = "本月完成破损管网修复0.8公里，清理淤泥120立方米，沿线无直排。"
MORE_THAN_ONE_BATCH = 501


def found():
    """Everything kept of the fingerprints, in a fixed order."""
    with db.engine.connect() as connection:
        tables = (ReportKey.__table__, ReportTwin.__table__)
        return [
            sorted(map(tuple, connection.execute(select(*table.primary_key, *table.c))))
            for table in tables
        ]


@pytest.mark.postgresql
def test_the_step_finds_what_the_acts_found(make_issue):
    issues = [make_issue(Status.RECTIFYING) for _ in range(2)]
    elsewhere = make_issue(Status.RECTIFYING, region="511903", primary_unit="511903")
    enyang = make_issue.of_the_unit(elsewhere, Role.REPORTER)
    report(make_issue, issues[0], SAID)
    make_issue.act(Action.RETURN_PROGRESS, issues[0], "liu", reason="请补充照片")
    report(make_issue, issues[0], SAID.replace("0.8", "0.7"))
    make_issue.act(Action.CONFIRM_PROGRESS, issues[0], "liu", opinion="属实")
    short_ones(issues[0].id, issues[0].round)
    for text in (SAID, SAID.replace("120", "130"), "已完成"):
        report(make_issue, issues[1], text)
    make_issue.act(Action.REPORT_PROGRESS, elsewhere, enyang, text=SAID)
    db.session.remove()
    kept = found()
    assert len(kept[1]) >= 4

    downgrade(MIGRATIONS, BEFORE)
    upgrade(MIGRATIONS)

    assert found() == kept


@pytest.mark.by_turns
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({}, "巴中市"),
        ({"notice_series": {"N1": "巴办提"}}, "巴中市"),
        ({"city": "绵阳市"}, "绵阳市"),
    ],
)
def test_the_words_that_stood_in_the_code_are_kept_where_they_were_in_use(make_issue, said, kept):
    make_issue(Status.ASSIGNED)
    db.session.remove()
    downgrade(MIGRATIONS, CONTRADICTIONS)
    with transaction():
        db.session.execute(delete(Setting))
        db.session.add_all(Setting(key=key, value=value) for key, value in said.items())
    upgrade(MIGRATIONS)

    told = every_word()
    assert told["city"] == kept
    assert told["number_prefix"] == ("BZ" if kept == "巴中市" else "")
    assert told["notice_series"].get("N1") == said.get("notice_series", {}).get(
        "N1", "巴环委办提" if kept == "巴中市" else None
    )
    assert told["notice_series"].get("N2") == ("巴环委办督" if kept == "巴中市" else None)


@pytest.mark.postgresql
def test_a_database_without_a_ticket_is_given_no_words(app):
    db.session.remove()
    downgrade(MIGRATIONS, CONTRADICTIONS)
    with transaction():
        db.session.execute(delete(Setting))
    upgrade(MIGRATIONS)

    assert db.session.scalars(select(Setting)).all() == []


@pytest.mark.both
def test_the_kinds_of_units_are_written_in_full_width_and_back(app):
    """Every unit of the county's kind follows, and no other; what it is otherwise stays."""
    was = kinds()
    assert {"县（区）", "园区", "市级部门"} <= set(was.values())

    downgrade(MIGRATIONS, FINGERPRINTS)
    assert kinds() == {id_: {"县（区）": "县(区)"}.get(kind, kind) for id_, kind in was.items()}

    upgrade(MIGRATIONS)
    assert kinds() == was


def kinds():
    with db.engine.connect() as connection:
        return dict(map(tuple, connection.execute(select(Unit.id, Unit.kind))))


SPELT_ONCE = "某镇石 龙 河\u200b断面超标"


@pytest.mark.postgresql
def test_what_was_searched_before_is_found_in_the_spelling_of_now(make_issue, people):
    """Nothing is left of the index as it was; what was not searched waits for the back-fill."""
    issues = [make_issue(title="甲件", sponsor="秦岭"), make_issue(title="乙件")]
    number, other = (issue.id for issue in issues)
    own = (SearchText.issue_id == number, SearchText.kind == FoundIn.TICKET.value)
    with transaction():
        row = db.session.scalars(select(SearchText).where(*own)).one()
        row.body = f"{row.body}\n{SPELT_ONCE}"
    db.session.remove()

    downgrade(MIGRATIONS, UNIT_KINDS)
    upgrade(MIGRATIONS)

    def found(question):
        rows = select(Issue.id).where(finds(question, people.sun)).order_by(Issue.id)
        return db.session.scalars(rows).all()

    for question, who in (("石龙河", [number]), ("甲件", [number]), ("乙件", [other])):
        assert found(question) == who
    assert found("秦岭") == []
    assert list(rebuild())[-1] > 0
    assert (found("秦岭"), found("石龙河"), found("乙件")) == ([number], [], [other])
    assert refresh([number, other]) == 0


@pytest.mark.postgresql
def test_a_step_that_spells_names_anew_has_every_ticket_read_again(make_issue, people):
    """The texts as they were kept before; the mark of an earlier run would pass them by."""
    number = make_issue(Status.RECTIFYING).id
    assert list(rebuild(anew=True)) == [0]
    with transaction():
        spelt = select(SearchText).where(SearchText.kind == FoundIn.UNIT.value)
        for row in db.session.scalars(spelt):
            row.body = row.body.replace("bazhouqu", "")
    assert list(rebuild()) == [], "what the mark passes by"
    db.session.remove()

    downgrade(MIGRATIONS, "0024_kept_layouts")
    upgrade(MIGRATIONS)

    assert list(rebuild())[-1] > 0
    rows = select(Issue.id).where(finds("bazhouqu", people.sun))
    assert db.session.scalars(rows).all() == [number]


@pytest.mark.postgresql
def test_each_ticket_of_a_workbook_is_known_by_what_its_problem_is(app, make_issue):
    bring(short())
    make_issue(title="自己登记的")
    kept = identities()
    assert len(kept) == 4
    db.session.remove()

    downgrade(MIGRATIONS, UNIT_KINDS)
    upgrade(MIGRATIONS)

    assert identities() == kept
    assert bring(short()).same == 4


def identities():
    with db.engine.connect() as connection:
        rows = select(ImportIdentity.issue_id, ImportIdentity.digest)
        return dict(map(tuple, connection.execute(rows)))


def report(make_issue, issue, text):
    make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text=text)


def short_ones(issue_id, round_):
    """Too short for a fingerprint, between those that have one."""
    row = {
        "issue_id": issue_id, "round": round_, "on": date(2025, 11, 25), "text": "已完成",
        "at": datetime(2025, 11, 25, 4, 0, tzinfo=UTC), "state": "confirmed", "opinion": "",
        "reviewed_on": date(2025, 11, 25), "lines": [],
    }  # fmt: skip
    with db.engine.begin() as connection:
        connection.execute(insert(ProgressReport.__table__), [row] * MORE_THAN_ONE_BATCH)
