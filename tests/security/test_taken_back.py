"""What was taken back with its import is told nowhere: no list, figure, file or call has it.

Who keeps the record finds its page, and the history.
"""

import io
import json
import zipfile

import pypdf
import pytest
from brought import bring_kept, take_back_import, ticket
from caller import PREFIX
from handmade import register
from sqlalchemy import select, update

from auth.actor import SYSTEM
from extensions import db, transaction
from issues.ground import clock
from issues.models import Issue
from issues.notices import drafting
from issues.rights import table
from issues.rights.table import Right, reach
from issues.vocabulary import NoticeKind, Status
from issues.workflow.loading import _in_sight

WORD = "白鹭洲"
NUMBER = "BZ-AF-2025-871"
ROW = {
    "编号": NUMBER, "存在问题": f"{WORD}东侧污水散排。", "点位": f"{WORD}（106.76，31.85）",
    "整改时限": "2025年11月20日前", "整改措施": (1, "封堵排口", "2025年11月15日前", "否"),
}  # fmt: skip
OTHER = {"存在问题": "另一处砖厂扬尘扰民。", "点位": "某砖厂"}
OK, LEFT_OUT = 200, {
    "/healthz", "/readyz", "/metrics", "/style", f"{PREFIX}/openapi.json", "/api/docs",
    "/verify/dossiers/program", "/admin/fonts",
}  # fmt: skip
ASKED = (
    f"/issues?q={WORD}", f"/search?q={WORD}", f"/issues/export.xlsx?q={WORD}",
    f"{PREFIX}/issues?q={WORD}", f"/issues?status={Status.TAKEN_BACK.value}",
    "/issues?batch=2", "/issues?on=2025-11-01", "/issues/export.xlsx?on=2025-11-01",
    "/board?on=2025-11-01", f"{PREFIX}/board?on=2025-11-01", f"{PREFIX}/issues?on=2025-11-01",
    "/board/changes?from=2025-11-01", f"{PREFIX}/board/changes?since=2025-11-01",
)  # fmt: skip
EVERYWHERE = ("/", "/issues", "/board", f"{PREFIX}/issues", ASKED[0])
TOLD_BEFORE = {
    "sun": {
        "/issues", "/issues/export.xlsx", "/issues/print", "/board", "/board.xlsx", "/board/map",
        "/notices", f"{PREFIX}/issues", f"{PREFIX}/notices", *ASKED[:4],
        *ASKED[5:8], ASKED[10],
    },
    "chen": {"/", "/issues", f"{PREFIX}/issues", *ASKED[:3]},
}  # fmt: skip
"""The positive control: where the ticket is told of while it is here."""


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


def addresses(app, of_ticket):
    """Every address that answers a GET, some questions, and those of the ticket itself."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]
    plain = [rule.rule for rule in rules if not rule.arguments and rule.rule not in LEFT_OUT]
    mine = [rule.rule for rule in rules if rule.arguments == {"number"}]
    return [*plain, *ASKED], [one.replace("<number>", NUMBER) for one in mine if of_ticket]


def is_told(url, text):
    """Whether an answer names the ticket, but for a question that is said again."""
    return NUMBER in text or (WORD in text and f"q={WORD}" not in url)


def telling(look, name, urls):
    answers = {url: look(name, url) for url in urls}
    return {url for url, one in answers.items() if one.status_code == OK
            and is_told(url, told(one.data))}  # fmt: skip


@pytest.fixture
def row(app):
    bring_kept(register(OTHER))
    brought = bring_kept(register(ROW), name="误导入.xlsx")
    with transaction():
        issue = ticket(NUMBER)
        drafting.draft(NoticeKind.N1, [issue], "first_yellow", "test", SYSTEM, clock.now())
    return brought


def test_no_address_tells_of_it_but_its_own(look, app, row, people):
    lists, _ = addresses(app, of_ticket=False)
    before = {
        "sun": telling(look, "sun", lists),
        "chen": telling(look, "chen", [*EVERYWHERE, *ASKED]),
    }
    for name, expected in TOLD_BEFORE.items():
        assert expected <= before[name], (name, expected - before[name])

    take_back_import(row, people.sun)

    lists, mine = addresses(app, of_ticket=True)
    assert telling(look, "sun", [*lists, *mine]) == {f"/issues/{NUMBER}/taken-back"}
    assert telling(look, "chen", [*sorted(before["chen"]), *ASKED, *mine]) == set()
    for name in ("zhou", "lin", "zhao", "he", "liu", "auditor"):
        after = telling(look, name, [*EVERYWHERE, f"/issues/{NUMBER}/taken-back"])
        assert after == ({f"/issues/{NUMBER}/taken-back"} if name == "auditor" else set()), name
    assert is_told("/history", told(look("auditor", "/history").data))
    assert WORD not in told(look("auditor", f"/issues/{NUMBER}/taken-back").data)


def test_without_the_one_condition_lists_would_tell_of_it(look, app, row, people, monkeypatch):
    """The control of the control: the guard taken away, the walk above finds the ticket."""
    take_back_import(row, people.sun)
    monkeypatch.setattr(table, "_condition", lambda scope, _: Issue.id > 0 if scope else None)
    _in_sight.cache_clear()  # kept with the guard

    try:
        assert {"/issues", f"{PREFIX}/issues"} <= telling(
            look, "sun", ["/issues", f"{PREFIX}/issues"]
        )
    finally:
        _in_sight.cache_clear()


def test_every_way_to_it_is_as_if_it_were_not_there(api, browser, row, people):
    take_back_import(row, people.sun, "选错了文件")

    assert Status.TAKEN_BACK.label not in browser.as_("chen").get("/issues").text
    for name in ("chen", "zhou", "lin", "he"):
        browser.as_(name).get(f"/issues/{NUMBER}", 404)
        browser.as_(name).get(f"/issues/{NUMBER}/taken-back", 404)
    api.sun.get(f"/issues/{NUMBER}", 404)
    api.sun.act(NUMBER, "comment", {"text": "请核实"}, expect=404)
    api.sun.post("/notices", {"kind": "N1", "issues": [NUMBER]}, 404)
    page = browser.as_("sun").get(f"/issues/{NUMBER}", follow=True)
    assert "随导入撤回" in page.text
    assert "选错了文件" in page.text
    assert "孙经办" in page.text
    assert browser.as_("auditor").get(f"/issues/{NUMBER}", follow=True).heading == page.heading
    assert f"/issues/{NUMBER}/taken-back" in browser.as_("auditor").get("/history").links


def test_one_right_reaches_it_and_that_reaches_nothing_else(app, row, people):
    take_back_import(row)
    db.session.execute(update(Issue).where(Issue.number != NUMBER).values(remark="别的"))

    for actor in people:
        for right in table.TABLE:
            found = set(db.session.scalars(select(Issue.number).where(reach(actor, right))))
            sees = right is Right.SEE_TAKEN_BACK and actor.name in {"sun", "auditor"}
            assert (NUMBER in found) == sees, (actor.name, right)
            assert right is not Right.SEE_TAKEN_BACK or found <= {NUMBER}
    db.session.rollback()
