"""Who complained comes in by every door and goes out by none: not by any channel, for any role."""

import io
import json
import zipfile

import pypdf
import pytest
from brought import bring
from caller import PREFIX
from drafts import DRAFT
from filled import add_towns, workbook
from openpyxl import load_workbook
from people import CAST
from sheets import read
from sqlalchemy import select, update

from extensions import db, transaction
from issues.evidence import complainants
from issues.exchange import earlier_imports
from issues.exchange.writing import brought
from issues.ground.secrecy import persons
from issues.models import Complainant, Event, Issue, Notice, SearchText
from issues.tickets.supplement import SUPPLEMENT
from issues.workflow.changes import opening

NAME, PHONE, HOME, CARD = "王有理", "13987654321", "东城小区3栋2单元", "51190219800101123X"
SECRETS = (NAME, PHONE, HOME, CARD)
OPEN = "市领导已阅"
COLUMNS = {
    "举报人姓名": NAME, "联系电话": PHONE, "住址": HOME, "身份证号码": CARD,
    "其他情况": f"已回拨{PHONE}", "督办领导批示": OPEN,
}  # fmt: skip
TEXT = f"举报人{NAME}（电话{PHONE}）反映沟渠污水直排。"
CELL = "存在问题"
OK = 200
ONE_OF_EACH = tuple({role: name for name, (_, _, role) in reversed(CAST.items())}.values())
NEAR = ("sun", "chen")
"""The office, to whom most is told, and the unit complained of: they look at every address."""
LISTS = ("/issues/export.xlsx", "/history", f"/issues?q={NAME}", f"{PREFIX}/issues", "/board", "/")
LEFT_OUT = {
    "/healthz", "/readyz", "/metrics", "/style", f"{PREFIX}/openapi.json", "/api/docs",
    "/verify/dossiers/program", "/board/map", "/admin/fonts",
}  # fmt: skip
DRAFTED = {name: value for name, value in DRAFT.items() if name != "measures"} | {"source": "SX"}


def ledger(**more):
    return workbook(more=COLUMNS | {CELL: TEXT, "责任单位": "责任单位：巴州区"} | more)


@pytest.fixture(autouse=True)
def towns(app):
    add_towns()


@pytest.fixture
def issue(app):
    bring(ledger())
    return db.session.scalars(select(Issue)).one()


def told(content):
    """What can be read in an answer, packed or not."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(told(archive.read(name)) for name in archive.namelist())
    if content[:5] == b"%PDF-":
        sheets = pypdf.PdfReader(io.BytesIO(content)).pages
        return "".join("".join(sheet.extract_text().split()) for sheet in sheets)
    text = content.decode("utf-8", "replace")
    return text + (json.dumps(json.loads(text), ensure_ascii=False) if text[:1] == "{" else "")


def channels(app, number, rooms=("",)):
    """Every address that answers a GET, for itself or for the ticket, and some questions."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]
    plain = [rule.rule for rule in rules if not rule.arguments and rule.rule not in LEFT_OUT]
    mine = [rule.rule for rule in rules if rule.arguments == {"number"}]
    asked = [f"/issues?q={word}" for word in ("污水", NAME, PHONE)]
    found = [*plain, *asked, f"{PREFIX}/issues?q={NAME}", f"/issues/export.xlsx?q={number}"]
    return (found if "" in rooms else []) + [one.replace("<number>", number) for one in mine]


def answers(look, name, urls):
    """What each address answers a person."""
    said = {url: look(name, url) for url in urls}
    return {url: told(one.data) for url, one in said.items() if one.status_code == OK}


def leaks(found, words=SECRETS):
    """The channels that tell a word, but for a search that says what was asked."""
    return [
        (url, word) for url, text in found.items() for word in words
        if word in text and f"q={word}" not in url
    ]  # fmt: skip


@pytest.fixture
def typed(api, browser, app):
    """Tickets whose complainant was typed, into the API and into the form."""
    who = {"name": NAME, "phone": PHONE, "address": HOME, "note": CARD}
    first = api.sun.post("/issues", DRAFT | {"source": "SX", "complainant": who}, 201)["number"]
    form = {f"complainant-{name}": text for name, text in who.items()}
    browser.as_("sun").post("/issues/new", **DRAFTED, **form)
    second = db.session.scalars(select(Issue.number).order_by(Issue.id.desc())).first()
    for number in (first, second):
        api.sun.act(number, "assign")
    return first, second


def test_no_channel_tells_any_role(look, api, app, issue, typed):
    """Each address that answers, for one person of each role; drafts of notices among them."""
    for number in (issue.number, *typed):
        api.sun.post("/notices", {"kind": "N1", "issues": [number]}, 201)
    papers = [one for id_ in db.session.scalars(select(Notice.id)) for one in
              (f"/notices/{id_}", f"{PREFIX}/notices/{id_}", f"/notices/{id_}.pdf")]  # fmt: skip
    mine = [url for number in typed for url in channels(app, number, rooms=("ticket",))]
    told_to, asked = {}, 0
    for name in ONE_OF_EACH:
        of_ticket = channels(app, issue.number, rooms=("ticket",))
        whole = [*channels(app, issue.number), *papers, *mine] if name in NEAR else []
        told_to[name] = answers(look, name, whole or [*of_ticket, *LISTS])
        asked += len(told_to[name])

    assert [(name, leak) for name, found in told_to.items() for leak in leaks(found)] == []
    assert len(told_to["sun"]) >= 40
    assert asked >= 150
    for name in ("chen", "sun"):
        assert any("沟渠污水直排" in text for text in told_to[name].values())
    assert leaks(told_to["chen"], [OPEN]) == []
    exports = {"/issues/export.xlsx", f"/issues/export.xlsx?q={issue.number}"}
    assert {url for url, _ in leaks(told_to["sun"], [OPEN])} == exports


@pytest.mark.parametrize("inside", [[], ["--inside"]])
def test_no_dossier_tells(app, issue, tmp_path, inside):
    path = tmp_path / "档.zip"
    done = app.test_cli_runner().invoke(args=["dossier", issue.number, "-o", str(path), *inside])
    assert done.exit_code == 0, done.output

    assert not [word for word in SECRETS if word in told(path.read_bytes())]
    assert issue.number in told(path.read_bytes())


def test_nothing_that_is_kept_in_the_clear_holds_it(issue):
    kept = [json.dumps(issue.extra, ensure_ascii=False), issue.problem, issue.title, issue.place]
    kept += [
        json.dumps(row.detail, ensure_ascii=False) for row in db.session.scalars(select(Event))
    ]
    kept += [str(one) for one in db.session.execute(select(SearchText))]

    assert not [word for word in SECRETS for text in kept if word in text]
    who = complainants.opened(db.session.scalars(select(Complainant)).one())
    assert (who["name"], who["phone"], who["address"]) == (NAME, PHONE, HOME)
    assert CARD in who["note"]
    assert TEXT in who["note"]
    assert issue.extra["督办领导批示"] == OPEN


def test_with_the_guard_off_the_channels_would_tell(look, monkeypatch):
    monkeypatch.setattr(persons, "masked", lambda text: text)
    monkeypatch.setattr(persons, "is_personal", lambda *_: False)
    bring(ledger())
    number = db.session.scalar(select(Issue.number))

    urls = ["/issues/export.xlsx", f"/issues/{number}", f"{PREFIX}/issues/{number}"]
    found = {url for url, _ in leaks(answers(look, "sun", urls))}
    assert found == set(urls)


def test_the_preview_and_the_command_name_the_cells_and_none_of_the_words(browser, app, tmp_path):
    content = ledger()
    file = tmp_path / "台账.xlsx"
    file.write_bytes(content)
    heads = {
        cell.value: cell.column_letter for row in load_workbook(file).active[3:4] for cell in row
    }

    shown = browser.as_("sun").post("/issues/import", workbook=(io.BytesIO(content), "台账.xlsx"))
    ran = app.test_cli_runner().invoke(args=["ledger", "import", str(file), "--dry-run"])

    assert ran.exit_code == 0, ran.output
    for text in (shown.text, ran.output):
        for heading in (*COLUMNS, CELL):
            assert (f"{heads[heading]}5共1格含举报人信息" in text) is (heading != "督办领导批示")
        assert not [word for word in SECRETS if word in text]
    assert "督办领导批示”不是台账的栏目" in shown.text


def test_a_ledger_that_names_nobody_is_read_to_the_letter():
    item = read(workbook(more={"督办领导批示": OPEN})).items[0]

    assert (item.sealed, item.extra) == ({}, {"督办领导批示": OPEN})


@pytest.mark.both
def test_the_same_ledger_again_is_the_same_whether_it_came_in_before_or_since(app, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(persons, "masked", lambda text: text)
        before.setattr(persons, "is_personal", lambda *_: False)
        bring(ledger())

    assert [bring(ledger()).same for _ in range(2)] == [1, 1]


def test_of_the_supplement_only_the_readers_of_its_row_are_told_a_free_column(browser, issue):
    seen = {}
    for name in ("sun", "zhou", "lin", "zhao", "he"):
        data = browser.as_(name).get("/issues/export.xlsx").answer.data
        seen[name] = OPEN in told(data)

    assert seen == {"sun": True, "zhou": True, "lin": True, "zhao": False, "he": False}


def test_a_reader_without_a_role_of_the_table_is_told_the_outlined_alone():
    for role in {role for _, _, role in CAST.values()}:
        is_told = role in SUPPLEMENT.export.roles
        assert SUPPLEMENT.tells("督办领导批示", frozenset({role})) is is_told
        assert SUPPLEMENT.tells("是否属实", frozenset({role}))


@pytest.mark.both
def test_what_came_in_before_is_sealed_by_the_command_and_told_in_the_history(app, issue):
    who = complainants.opened(db.session.scalars(select(Complainant)).one())
    with transaction():
        old = COLUMNS | {"是否属实": "部分属实", "调查核实情况": f"已回访举报人{NAME}。"}
        db.session.execute(update(Issue).values(extra=old))
    run = app.test_cli_runner().invoke

    first, again = (run(args=["ledger", "backfill"]) for _ in range(2))

    assert "已封存1个问题补充信息中的举报人信息" in first.output
    assert "已封存" not in again.output
    db.session.expire_all()
    issue = db.session.scalars(select(Issue)).one()
    assert issue.extra == {
        "督办领导批示": OPEN,
        "是否属实": "部分属实",
        "调查核实情况": f"已回访举报人{persons.SEALED}。",
    }
    row = db.session.scalars(select(Event).where(Event.action == "seal_complainant")).one()
    assert (row.detail, row.is_covert) == ({"columns": 6}, True)
    now = complainants.opened(db.session.scalars(select(Complainant)).one())
    assert now["name"] == who["name"]
    assert f"已回访举报人{NAME}" in now["note"]


def test_sealing_that_breaks_off_is_taken_up_again(app, issue, monkeypatch):
    bring(ledger(受理编号="D3SC202511250043", 来源文件及项号="另一项", 存在问题="另一处污水直排。"))
    with transaction():
        db.session.execute(update(Issue).values(extra=COLUMNS))
    monkeypatch.setattr(earlier_imports, "AT_ONCE", 1)
    steps = earlier_imports.seal_persons()
    assert next(steps) == 1
    steps.close()
    left = [one for one in db.session.scalars(select(Issue.extra)) if "住址" in one]
    assert len(left) == 1

    assert max(earlier_imports.seal_persons()) == 1
    assert set(map(str, db.session.scalars(select(Issue.extra)))) == {str({"督办领导批示": OPEN})}


def test_an_export_before_that_command_leaves_out_what_is_personal(browser, issue):
    with transaction():
        db.session.execute(update(Issue).values(extra=COLUMNS))

    data = browser.as_("sun").get("/issues/export.xlsx").answer.data

    assert OPEN in told(data)
    assert not [word for word in SECRETS if word in told(data)]


def test_that_the_export_is_guarded_is_seen_with_the_guard_off(browser, issue, monkeypatch):
    with transaction():
        db.session.execute(update(Issue).values(extra=COLUMNS))
    monkeypatch.setattr(brought, "open_part", dict)

    assert PHONE in told(browser.as_("sun").get("/issues/export.xlsx").answer.data)


@pytest.mark.both
def test_what_is_typed_into_a_text_is_refused_at_its_field(api, browser, monkeypatch):
    for name in ("problem", "title", "place"):
        said = api.sun.post("/issues", DRAFT | {name: f"举报人{NAME}反映直排"}, 422).json
        assert list(said["errors"]) == [name]
    number = api.sun.post("/issues", DRAFT, 201)["number"]
    api.sun.patch(f"/issues/{number}", {"remark": f"回拨{PHONE}"}, {422, 428})
    api.sun.act(number, "assign")
    api.sun.act(number, "amend", {"fields": {"problem": TEXT}, "reason": "补充"}, 422)
    assert db.session.scalar(select(Issue.problem).where(Issue.number == number)) != TEXT

    monkeypatch.setattr(opening, "refuse_persons", lambda _: None)
    api.sun.act(number, "amend", {"fields": {"problem": TEXT}, "reason": "补充"})
