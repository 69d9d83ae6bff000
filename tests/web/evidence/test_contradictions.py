"""Where sources contradict each other: found as they are written, shown to who reviews, ruled."""

import pytest
import samples
from handmade import register
from page import counted
from sqlalchemy import delete, select

from extensions import db, transaction
from issues.colour.facts_of import measures_of
from issues.evidence.contradictions import keeping, rulings
from issues.ground import clock
from issues.models import (
    Contradiction,
    ContradictionRuling,
    Event,
    Issue,
    MapSheet,
    Notice,
    Reading,
    Setting,
)
from issues.queries.evidence import contradictions as queries
from issues.vocabulary import Action, ContradictionKind, EvidenceKind, Status, Verdict
from issues.workflow import load

K = ContradictionKind
MEASURES = (
    {"text": "清理堆放的废旧塑料。", "start": "2025-10-10", "deadline": "2026-06-30",
     "target": "60", "unit_of_target": "户"},
)  # fmt: skip
FOUND = "文字写48户，完成值为45户，相差3户"
READING = {
    "pollutant": "氨氮", "value": "9.9", "unit_of_value": "mg/L", "sampled_on": "2025-11-20",
    "laboratory": "巴中市环境监测站",
}  # fmt: skip


def report(make_issue, issue, text, value=None, name="chen"):
    (measure,) = measures_of(issue)
    line = {"id": measure.id} | ({} if value is None else {"reported": value})
    make_issue.act(Action.REPORT_PROGRESS, issue, name, text=text, measures=[line])


@pytest.fixture
def ticket(make_issue):
    issue = make_issue(Status.RECTIFYING, measures=MEASURES)
    report(make_issue, issue, "截至目前累计清理48户，其余正在做工作。", "45")
    return issue


def url_of(issue):
    return f"/issues/{issue.number}/contradictions"


def rows(**of):
    found = select(Contradiction).filter_by(**of).order_by(Contradiction.id)
    return db.session.scalars(found).all()


def rule(browser, who, issue, row, expect=200, **said):
    visitor, url = browser.as_(who), f"{url_of(issue)}/{row.id}"
    said = {"verdict": "upheld", "reason": "与台账不符"} | said
    return visitor.send(url, expect, **visitor.bare(said))


def test_both_sides_stand_beside_each_other_for_who_reviews(browser, ticket):
    liu = browser.as_("liu")
    page = liu.get(url_of(ticket))

    assert FOUND in page.text
    assert [mark.text for mark in page.tree.all("mark")] == ["48户", "措施1完成值45户"]
    assert f"/issues/{ticket.number}#reports" in page.links
    for address in ("", "/evidence", "/acts/confirm_progress", "/acts/return_progress"):
        assert any(
            link.startswith(url_of(ticket))
            for link in liu.get(f"/issues/{ticket.number}{address}").links
        ), address
    assert FOUND in liu.get(f"/issues/{ticket.number}/acts/confirm_progress").text
    assert FOUND in browser.as_("lin").get(f"/issues/{ticket.number}").text


def test_units_and_strangers_see_none_of_it(browser, ticket):
    for name, status in (("chen", 403), ("chenlead", 403), ("wu", 404), ("zhao", 403)):
        browser.as_(name).get(url_of(ticket), status)
        browser.as_(name).get("/contradictions", 403)
    for address in ("", "/evidence"):
        seen = browser.as_("chen").get(f"/issues/{ticket.number}{address}")
        assert "矛盾" not in seen.text


def test_a_person_rules_with_a_reason_and_only_reviewers_read_it(browser, ticket):
    (row,) = rows()
    for said, sentence in (
        ({"reason": " "}, "请写明判断的理由"),
        ({"verdict": "perhaps", "reason": "仍在"}, "请选择属实、解释成立或者误报"),
        ({"reason": "字" * 2001}, "理由超过2000字"),
    ):
        refused = rule(browser, "liu", ticket, row, 422, **said)
        assert sentence in refused.text
        assert said["reason"].strip() in refused.text
    shown = rule(browser, "liu", ticket, row, verdict="explained", reason="含上月三户")
    again = rule(browser, "lin", ticket, row, verdict="upheld", reason="三户重复统计")

    assert "解释成立 含上月三户" in shown.text
    assert "属实 三户重复统计" in again.text
    kept = db.session.scalars(select(ContradictionRuling).order_by(ContradictionRuling.id)).all()
    assert [one.verdict for one in kept] == [Verdict.EXPLAINED, Verdict.UPHELD]
    events = db.session.scalars(select(Event).filter_by(action="rule_contradiction")).all()
    assert [one.is_covert for one in events] == [True, True]
    assert "判断矛盾线索" in browser.as_("lin").get(f"/issues/{ticket.number}").text
    assert "判断矛盾线索" not in browser.as_("chen").get(f"/issues/{ticket.number}").text
    assert (
        FOUND not in browser.as_("liu").get(f"/issues/{ticket.number}/acts/confirm_progress").text
    )


@pytest.mark.both
def test_a_ruled_one_stays_ruled_until_a_source_changes(browser, ticket, make_issue):
    (row,) = rows()
    rule(browser, "liu", ticket, row)
    make_issue.act(Action.CONFIRM_PROGRESS, ticket, "liu", opinion="属实")
    report(make_issue, ticket, "推进中。", "46")
    assert [one.gone_at for one in rows()] == [None]
    assert [one.state.value for one in queries.of_ticket(ticket, make_issue.people.liu)] == [
        "ruled"
    ]

    report(make_issue, ticket, "累计清理50户。", "47")

    assert [one.state.value for one in queries.of_ticket(ticket, make_issue.people.liu)] == [
        "open", "ruled",
    ]  # fmt: skip
    make_issue.act(Action.RETURN_PROGRESS, ticket, "liu", reason="请更正")
    assert [one.gone_at is None for one in rows()] == [True, False]
    gone = rows()[1]
    rule(browser, "liu", ticket, gone, 409)
    assert "来源已更正" in browser.as_("liu").get(url_of(ticket)).text


def test_nobody_rules_on_the_own_words_nor_on_those_of_the_own_unit(
    browser, ticket, make_issue, monkeypatch
):
    browser.as_("lin").post(f"/issues/{ticket.number}/readings", **READING)
    report(make_issue, ticket, "出水氨氮0.8毫克每升，已达标。")
    (own,) = rows(kind=K.READING_NOT_TEXT)
    mixed = make_issue(Status.RECTIFYING, measures=MEASURES, responsible_units=["511900-STHJ"])
    report(make_issue, mixed, "累计清理48户。", "45")
    (units,) = rows(issue_id=mixed.id)

    rule(browser, "lin", ticket, own, 403)
    rule(browser, "liu", mixed, units, 403)
    rule(browser, "chen", ticket, own, 403)
    rule(browser, "liu", ticket, units, 404)
    assert db.session.scalars(select(ContradictionRuling)).all() == []
    with monkeypatch.context() as unguarded:
        unguarded.setattr(rulings, "_wrote", lambda *_: False)
        unguarded.setattr(rulings, "_works_on", lambda *_: False)
        rule(browser, "lin", ticket, own)
        rule(browser, "liu", mixed, units)
    rule(browser, "lin2", ticket, own)


def test_the_answer_to_a_paper_is_quoted_only_to_who_sees_the_paper(
    browser, make_issue, people, monkeypatch
):
    issue = make_issue(Status.RECTIFYING, measures=MEASURES)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=issue.number)
    notice = db.session.scalars(select(Notice).where(Notice.trigger == "by_hand")).one()
    with transaction():
        notice.reply, notice.replied_at = "承诺2026年12月底前完成整改。", clock.now()
        keeping.refresh(load(issue.number, people.sun), clock.now())
    (row,) = rows(kind=K.PROMISE_LATE)

    assert "2026年12月底前完成整改" in browser.as_("lin").get(url_of(issue)).text
    assert f"/notices/{notice.id}" in browser.as_("lin").get(url_of(issue)).links
    assert "2026年12月" not in browser.as_("liu").get(url_of(issue)).text
    rule(browser, "liu", issue, row, 404)
    monkeypatch.setattr(queries, "_in_sight", lambda found, _: found)
    assert "2026年12月" in browser.as_("liu").get(url_of(issue)).text


@pytest.mark.both
def test_the_list_is_narrowed_paged_and_asked_for_in_as_many_statements(
    browser, ticket, make_issue
):
    (row,) = rows()
    lin = browser.as_("lin")
    with counted() as few:
        assert FOUND in lin.get("/contradictions").text
    side = row.one
    with transaction():
        db.session.add_all(
            Contradiction(
                issue_id=ticket.id, kind=K.TAKEN_FAR, digest=f"{number:064}",
                because=f"第{number}处",
                one=side, other=side, found_at=clock.now(),
            )
            for number in range(30)
        )  # fmt: skip
    with counted() as many:
        page = lin.get("/contradictions")
    assert len(many) == len(few)
    assert "共 31 条，第 1/2 页" in page.text
    assert FOUND in lin.get("/contradictions", page="2").text
    narrow = lin.get("/contradictions", kind="count_not_figure", region="511902")
    assert (FOUND in narrow.text, "共 1 条" in narrow.text) == (True, True)
    for asked in ({"region": "511903"}, {"kind": "nonsense"}, {"state": "gone"}):
        assert "这里没有矛盾线索" in lin.get("/contradictions", **asked).text
    rule(browser, "lin", ticket, row)
    assert "属实 与台账不符" in lin.get("/contradictions", state="ruled").text
    assert FOUND not in lin.get("/contradictions", kind="count_not_figure").text


def test_files_and_readings_are_compared_as_they_come_and_go(browser, make_issue, people):
    issue = make_issue(Status.RECTIFYING, measures=MEASURES, lon="107.4", lat="32.2")
    far = samples.jpeg(exif=samples.exif(taken="2025:10:01 09:00:00"))
    row = make_issue.evidence(issue, EvidenceKind.AFTER, file=("后.jpg", far))
    assert [one.kind for one in rows()] == [K.TAKEN_TOO_EARLY, K.TAKEN_FAR]
    chen = browser.as_("chen")
    page = f"/issues/{issue.number}/evidence/{row.id}"
    chen.post(f"{page}/withdraw", via=page, withdraw_reason="传错")
    assert all(one.gone_at for one in rows())

    covert = make_issue(Status.CLOSED, lon="107.4", lat="32.2")
    unseen = make_issue.evidence(covert, EvidenceKind.AFTER, "lin", file=("暗.jpg", far))
    assert rows(issue_id=covert.id) == []
    with transaction():
        unseen.is_covert = False
        keeping.refresh(covert, clock.now())
    assert [one.kind for one in rows(issue_id=covert.id)] == [K.TAKEN_TOO_EARLY, K.TAKEN_FAR]

    report(make_issue, issue, "出水氨氮0.8毫克每升。")
    chen.post(f"/issues/{issue.number}/readings", **READING)
    (kept,) = rows(kind=K.READING_NOT_TEXT)
    reading = db.session.scalars(select(Reading)).one()
    chen.post(
        f"/issues/{issue.number}/readings/{reading.id}/withdraw",
        via=f"/issues/{issue.number}/readings", reason="录错",
    )  # fmt: skip
    db.session.refresh(kept)
    assert kept.gone_at is not None


def test_a_photo_of_another_county_is_found_by_the_outlines_in_use(make_issue, people):
    ring = [[106.6, 31.7], [106.9, 31.7], [106.9, 32.0], [106.6, 32.0], [106.6, 31.7]]
    outline = {"type": "Feature", "properties": {"name": "恩阳区", "adcode": "511903"},
               "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    with transaction():
        sheet = MapSheet(
            is_boundary=True, name="边界", review_number="川S〔2025〕1号", is_gcj02=False,
            document={"type": "FeatureCollection", "features": [outline]},
            uploaded_at=clock.now(), uploaded_by_id=people.sun.id,
        )  # fmt: skip
        db.session.add(sheet)
    photo = ("后.jpg", samples.jpeg(exif=samples.exif()))
    for own, found in (("511902", [K.TAKEN_FAR]), ("511903", [])):
        issue = make_issue(Status.RECTIFYING, region=own)
        make_issue.evidence(issue, EvidenceKind.AFTER, file=photo)
        assert [one.kind for one in rows(issue_id=issue.id)] == found
    assert "拍摄地点在恩阳区，事项在巴州区" in rows()[0].because


@pytest.mark.both
def test_an_import_compares_at_once_and_a_back_fill_what_was_there_before(app, tmp_path):
    file = tmp_path / "台账.xlsx"
    moved = {"备注": "时限经同意由2025年12月底前调整为2026年3月底前"}
    file.write_bytes(register(moved, {"序号": 2, "存在问题": "示例：某处扬尘。"}))
    run = app.test_cli_runner().invoke
    assert run(args=["ledger", "import", str(file)]).exit_code == 0
    assert [one.kind for one in rows()] == [K.REMARK_DAY]

    with transaction():
        db.session.execute(delete(Contradiction))
        assert db.session.get(Setting, keeping.MARK) is None

    assert "已找出1处矛盾线索" in run(args=["ledger", "backfill"]).output
    assert [one.kind for one in rows()] == [K.REMARK_DAY]
    assert "矛盾" not in run(args=["ledger", "backfill"]).output
    assert db.session.scalars(select(Issue.id)).all()


def test_many_tickets_are_gathered_in_as_many_statements_as_one(make_issue):
    issues = [make_issue(Status.RECTIFYING, measures=MEASURES) for _ in range(4)]
    statements = []
    for some in (issues[:1], issues):
        with transaction():
            found = [db.session.get_one(Issue, issue.id, populate_existing=True) for issue in some]
            with counted() as made:
                keeping.refresh_all(found, clock.now())
            statements.append(len(made))
    assert statements[0] == statements[1]
