"""Texts kept before signs nobody sees were taken out: read anew once, and nothing else touched."""

import io

import pytest
from handmade import register
from openpyxl import load_workbook
from sheets import read
from sqlalchemy import JSON, Text, func, select, update

from extensions import Model, db, transaction
from issues import audit
from issues.exchange import importing
from issues.exchange.old import texts as old_texts
from issues.exchange.old.texts import OF_NOTES, TEXTS, clean_texts
from issues.exchange.said import said_once
from issues.models import CovertNote, Event, Evidence, Issue, Measure, Notice, Setting
from issues.supervision import covert
from issues.vocabulary import Status

SIGN = "\u200b"
REF = "川督〔2025〕3号第5项"
HEADINGS = {"备注": "来源文件及项号"}
CLEAN = {"备注": REF, "存在问题": "某处生活污水散排。", "点位": "某河段"}
DIRTY = {name: f"{text[:2]}{SIGN}{text[2:]}" for name, text in CLEAN.items()}
LEFT = {
    "account": "names of people, in the history as they were", "unit": "likewise",
    "contradiction": "quoted from texts, worked out anew with them",
    "anchor": "signatures", "event": "the chain", "notice": "signed, or drawn again",
    "reply_review": "answers to signed papers", "outbox": "what was sent",
    "digest": "what was told",
    "draft_version": "steps of a draft, as they were", "draft_typing": "being typed",
    "notice_template": "what papers were drawn from", "colour_span": "worked out",
    "assessment_round": "frozen", "round_item": "frozen with its round",
    "lead": "cleaned as it came in", "lead_picture": "names of files",
    "county_round": "frozen", "county_round_item": "frozen with its round",
    "covert_photo": "names of files", "complaint_original": "sealed",
    "policy_version": "immutable", "policy_draft": "written at its page", "search_text": "folded",
    "api_token": "a note to oneself", "clearance": "a head's word, in the history",
    "ledger_layout": "headings as they are compared, read through signs as it is kept",
    "ledger_import": "a reason, in the history as it was",
    "pair_request": "a reason, in the history as it was",
    "job_failure": "of this machine", "dossier_item": "of this machine",
    "backup_run": "words the product itself wrote",
    "long_work": "words the product itself wrote, kept a week",
    "once_key": "an answer kept for a day", "saved_view": "an address", "preference": "a setting",
}  # fmt: skip
"""Tables whose texts stay to the byte, and why; those that hold no free text are not among them."""


@pytest.fixture
def backfill(app):
    def run():
        result = app.test_cli_runner().invoke(args=["ledger", "backfill"])
        assert (result.exit_code, result.exception) == (0, None)
        return result.output

    return run


@pytest.fixture
def ledger(app, tmp_path):
    def run(words, *options):
        file = tmp_path / "台账.xlsx"
        file.write_bytes(register(words, headings=HEADINGS))
        return app.test_cli_runner().invoke(args=["ledger", "import", str(file), *options]).output

    return run


@pytest.fixture
def old(ledger, monkeypatch):
    """A ticket as it was brought in before: every text and digest with the sign in it."""
    (written,) = read(register(DIRTY, headings=HEADINGS)).as_written
    with monkeypatch.context() as then:
        then.setattr(importing, "said", lambda _: min(said_once(written)))
        ledger(DIRTY)
    with transaction():
        texts = {"title": DIRTY["存在问题"], "problem": DIRTY["存在问题"], "place": DIRTY["点位"]}
        extra = {"行政\u200b区域": "巴州\u00ad区", "附注": "甲", f"附{SIGN}注": "乙"}
        db.session.execute(update(Issue).values(source_ref=DIRTY["备注"], extra=extra, **texts))
        db.session.execute(update(Measure).values(text=f"封{SIGN}堵排口"))
    return db.session.scalars(select(Issue)).one()


def faults(app):
    with transaction():
        audit.anchor("secret", importing.clock.now())
    return list(audit.faults("secret"))


@pytest.mark.both
def test_an_old_ticket_and_the_same_sheet_are_one_ticket(app, old, ledger, backfill, browser):
    """Either way round; without the step the ticket would be there twice."""
    assert "检查通过，没有写入：1个问题" in ledger(CLEAN, "--dry-run")
    event_count = db.session.scalar(select(func.count()).select_from(Event))

    assert "已清理1个问题或暗访记录的文字" in backfill()
    assert "没有需要清理的文字" in backfill()

    issue = db.session.scalars(select(Issue).execution_options(populate_existing=True)).one()
    assert (issue.source_ref, issue.problem, issue.place) == (REF, CLEAN["存在问题"], "某河段")
    assert issue.extra == {"行政区域": "巴州区", "附注": "甲", "附注（2）": "乙"}
    assert db.session.scalars(select(Measure.text)).all() == ["封堵排口"]
    assert "没有新的内容" in ledger(CLEAN)
    assert "没有新的内容" in ledger(DIRTY)
    told = db.session.scalars(select(Event).where(Event.action == "clean_text")).one()
    assert (told.actor, told.reason) == (
        "系统", "事项：零宽空格6处、软连字符1处；整改措施：零宽空格1处",
    )  # fmt: skip
    assert db.session.scalar(select(func.count()).select_from(Event)) == event_count + 1
    assert faults(app) == []
    _shows_no_sign(browser.as_("sun"), issue.number)


def _shows_no_sign(sun, number):
    page = sun.get(f"/issues/{number}")
    book = load_workbook(io.BytesIO(sun.get("/issues/export.xlsx").answer.data))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    found = sun.get("/issues", q="生活污水散排")

    assert SIGN not in page.html + "".join(cells) + found.html
    assert "清理看不见的字符" in page.text
    assert number in found.text


def _rows(table):
    return db.session.execute(select(table).order_by(*table.primary_key)).all()


@pytest.mark.both
def test_what_is_signed_frozen_or_chained_stays_to_the_byte(app, make_issue, people, browser):
    """A whole life, with a sign planted in every text of it and in every name that must stay."""
    issue = make_issue(Status.CLOSED)
    planted = [(kind, c) for kind, (_, columns) in TEXTS.items() for c in columns]
    planted = [(k, c) for k, c in planted if not isinstance(k.__table__.c[c].type, JSON)]
    with transaction():
        audit.record_beside(
            issue, audit.BesideAct.RULE_FLAG, people.sun, at=importing.clock.now(),
            reason=f"旧{SIGN}记录",
        )  # fmt: skip
        for kind, name in [*planted, (Evidence, "name"), (Notice, "title")]:
            column = getattr(kind, name)
            db.session.execute(update(kind).where(column != "").values({name: column + SIGN}))
    tables = [t for t in Model.metadata.sorted_tables if t.name in LEFT or t.name == "evidence"]
    before = {table.name: _rows(table) for table in tables}
    names = db.session.scalars(select(Evidence.name)).all()

    assert list(clean_texts(app.extensions["evidence"])) == [1]

    cleaned = [(k, name) for k, name in planted if SIGN in "".join(map(str, _values(k, name)))]
    assert cleaned == []
    assert all(name.endswith(SIGN) for name in names)
    assert db.session.scalars(select(Evidence.name)).all() == names
    for table in tables:
        rows = _rows(table)
        if table.name == "event":
            assert rows[: len(before["event"])] == before["event"]
        elif table.name in LEFT:
            assert rows == before[table.name], table.name
    assert faults(app) == []
    assert "旧记录" in browser.as_("sun").get(f"/issues/{issue.number}").text


def _values(kind, name):
    return db.session.scalars(select(getattr(kind, name))).all()


def test_every_text_is_read_anew_or_said_to_stay():
    """A table with free text is in one of the two lists, a column of a ticket's by its name."""
    ours = {kind.__tablename__: set(columns) for kind, (_, columns) in TEXTS.items()}
    ours |= {"covert_note": set(OF_NOTES)}
    unnamed = {
        f"{table.name}.{column.name}"
        for table in Model.metadata.sorted_tables
        if table.name not in LEFT
        for column in table.columns
        if isinstance(column.type, Text) and column.name not in ours.get(table.name, ())
    }

    assert unnamed == set()
    assert set(LEFT) <= set(Model.metadata.tables)
    assert not set(LEFT) & set(ours)


@pytest.mark.both
def test_one_that_breaks_off_is_taken_up_where_it_was(app, make_issue, backfill, monkeypatch):
    """A lot is whole or not at all; each ticket is told of once."""
    issues = [make_issue(Status.DRAFT, title=f"事项{number}") for number in range(3)]
    with transaction():
        db.session.execute(update(Issue).values(title=Issue.title + SIGN))
    monkeypatch.setattr(old_texts, "AT_ONCE", 1)

    tell = old_texts._tell  # noqa: SLF001 - a step of the middle, to break off at

    def killed(issue, *more, **named):
        if issue.id == issues[1].id:
            raise KeyboardInterrupt
        tell(issue, *more, **named)

    titles = select(Issue.title).order_by(Issue.id)
    with monkeypatch.context() as broken:
        broken.setattr(old_texts, "_tell", killed)
        with pytest.raises(KeyboardInterrupt):
            list(clean_texts(app.extensions["evidence"]))
    halfway = [SIGN in title for title in db.session.scalars(titles)]
    mark = db.session.get(Setting, old_texts.MARK).value

    assert (halfway, mark) == ([False, True, True], issues[0].id)
    assert "已清理2个问题或暗访记录的文字" in backfill()
    assert db.session.scalars(titles).all() == ["事项0", "事项1", "事项2"]
    told = select(Event.subject_id).where(Event.action == "clean_text").order_by(Event.subject_id)
    assert db.session.scalars(told).all() == [issue.id for issue in issues]


@pytest.mark.both
def test_what_was_written_on_a_covert_tour_is_read_anew_in_secret(app, people):
    with transaction():
        said = {"title": "夜间偷排", "findings": "暗管出水", "region": "511902"}
        said["at"] = importing.clock.now().isoformat()
        note = covert.write(people.lin, said, importing.clock.now())
        note.findings = f"暗管{SIGN}出水"

    assert list(clean_texts(app.extensions["evidence"])) == [1]
    assert list(clean_texts(app.extensions["evidence"])) == []

    assert db.session.scalars(select(CovertNote.findings)).all() == ["暗管出水"]
    told = db.session.scalars(select(Event).where(Event.action == "clean_text")).one()
    assert (told.subject, told.is_covert, told.reason) == ("covert", True, "零宽空格1处")
    assert faults(app) == []
