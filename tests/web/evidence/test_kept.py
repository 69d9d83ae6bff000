"""Readings against their limits, the checklist, and files taken back without vanishing."""

import io
import json
from datetime import date

import pytest
import samples
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select

from extensions import db
from issues.models import Event, Evidence, Reading
from issues.rules.required import DEFAULT, faults_of, held, required_evidence
from issues.vocabulary import Action, EvidenceKind, Source, Status
from issues.workflow.changes.accepting import held_kinds, required_kinds

READING = {
    "pollutant": "氨氮", "value": "1.25", "unit_of_value": "mg/L", "high": "1.0",
    "sampled_on": "2025-11-10", "laboratory": "市环境监测站",
}  # fmt: skip


@pytest.fixture
def issue(make_issue):
    return make_issue(Status.RECTIFYING, types=["水"])


def readings(issue):
    return f"/issues/{issue.number}/readings"


def test_a_reading_is_entered_and_told_against_its_limit(browser, issue):
    page = browser.as_("chen").post(readings(issue), **READING)

    assert "氨氮 1.25mg/L，超标" in page.text
    assert "只有一个采样日期" in page.text
    assert not page.tree.all("polyline")
    more = READING | {"value": "0.8", "sampled_on": "2025-11-18"}
    page = browser.as_("chen").post(readings(issue), **more)
    assert len(page.tree.all("polyline")) == 1
    assert "▲ 超标" in page.text
    assert "登记监测数据" in browser.as_("liu").get(f"/issues/{issue.number}").text


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("value", "约1", "请填写数字"),
        ("value", "NaN", "请填写数字"),
        ("value", "", "请填写数值"),
        ("sampled_on", "2025-12-01", "不能晚于今天"),
        ("low", "2", "上限不能小于下限"),
        ("laboratory", " ", "请填写监测单位"),
        ("pollutant", "氮" * 41, "不超过40字"),
    ],
)
def test_a_reading_that_cannot_be_is_refused_at_its_field(browser, issue, name, value, said):
    page = browser.as_("chen").post(readings(issue), expect=422, **READING | {name: value})

    assert said in page.text
    assert db.session.scalars(select(Reading)).all() == []


def test_who_may_enter_readings(browser, issue):
    for name, status in (("liu", 200), ("lin", 200), ("zhou", 403), ("zhao", 403), ("wu", 404)):
        visitor = browser.as_(name)
        visitor.send(readings(issue), expect=status, **visitor.bare(dict(READING)))


def test_a_withdrawn_reading_stays_struck_out_and_counts_no_more(browser, issue):
    browser.as_("chen").post(readings(issue), **READING)
    (row,) = db.session.scalars(select(Reading)).all()
    url = f"{readings(issue)}/{row.id}/withdraw"

    refused = browser.as_("chen").post(url, via=readings(issue), expect=422, reason=" ")
    assert "请写明撤回的理由" in refused.text
    page = browser.as_("chen").post(url, via=readings(issue), reason="录入有误")

    assert "撤回：录入有误" in page.text
    assert held_kinds(issue)[EvidenceKind.MONITORING] == 0


def test_one_date_is_not_a_series(make_issue, browser, issue):
    """Two reports of one day are one date; a second day, read or reported, makes two."""
    for place in range(2):
        row = make_issue.evidence(issue, EvidenceKind.MONITORING)
        said = READING | {"evidence": str(row.id), "value": "0.9"}
        browser.as_("chen").post(readings(issue), **said)
        assert held_kinds(issue)[EvidenceKind.MONITORING] == place, "nobody has confirmed it"
        entered = db.session.scalar(select(Reading.id).order_by(Reading.id.desc()))
        url = f"{readings(issue)}/{entered}/confirm"
        browser.as_("liu").post(url, via=readings(issue))
        assert held_kinds(issue)[EvidenceKind.MONITORING] == 1, place
    assert required_kinds(issue)[EvidenceKind.MONITORING] == 2

    make_issue.evidence(issue, EvidenceKind.MONITORING)
    assert held_kinds(issue)[EvidenceKind.MONITORING] == 2


def test_days_of_readings_and_reports_without_any_are_counted_together():
    files = [(EvidenceKind.MONITORING, "a", 1), (EvidenceKind.MONITORING, "b", 2)]
    days = [(date(2025, 11, 1), 1), (date(2025, 11, 1), None), (date(2025, 11, 2), 1)]

    assert held(files, days)[EvidenceKind.MONITORING] == 3
    assert held(files)[EvidenceKind.MONITORING] == 2


def test_a_city_sets_its_own_checklist(app, make_issue, tmp_path):
    issue = make_issue(Status.RECTIFYING, types=["大气"])
    own = {"all": {"after": 2}, "types": {"大气": {"monitoring": 3}}}
    path = tmp_path / "清单.json"
    path.write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")
    run = app.test_cli_runner()

    assert run.invoke(args=["evidence", "checklist", str(path)]).exit_code == 0

    assert required_kinds(issue) == {EvidenceKind.AFTER: 2, EvidenceKind.MONITORING: 3}
    with pytest.raises(Exception, match="条件") as refused:
        make_issue.act(Action.REQUEST_ACCEPTANCE, issue, "chenlead", text="申请验收")
    assert "监测报告（还差3份）" in refused.value.errors["evidence"][0]
    path.write_text('{"all": {"selfie": 1}, "kinds": {}}', encoding="utf-8")
    assert "没有材料类别“selfie”" in run.invoke(args=["evidence", "checklist", str(path)]).output


def test_the_default_checklist_is_the_rule_of_the_domain():
    assert faults_of(DEFAULT) == []
    asked = required_evidence(Source.YD, ["水", "噪声"], has_contact=True, is_unlawful=True)

    kinds = ["before", "after", "completion", "monitoring", "similar", "mechanism", "revisit"]
    assert [kind.value for kind in asked] == [*kinds, "penalty"]
    assert asked[EvidenceKind.MONITORING] == 2


def gallery(issue):
    return f"/issues/{issue.number}/evidence"


def test_a_file_taken_back_is_the_offices_alone(browser, issue, make_issue, app):
    row = make_issue.evidence(issue, EvidenceKind.AFTER, file=("后.jpg", samples.jpeg()))
    url = f"{gallery(issue)}/{row.id}"

    refused = browser.as_("chen").post(f"{url}/withdraw", via=url, expect=422, withdraw_reason=" ")
    assert refused.error("withdraw_reason") == "请写明撤回的理由"
    page = browser.as_("chen").post(f"{url}/withdraw", via=url, withdraw_reason="拍错了点位")

    assert "拍错了点位" not in page.text
    assert "拍错了点位" in browser.as_("sun").get(gallery(issue)).text
    assert "已撤回的材料" not in browser.as_("liu").get(gallery(issue)).text
    assert held_kinds(issue)[EvidenceKind.AFTER] == 0
    assert app.extensions["evidence"].exists(row.sha256)
    event = db.session.scalars(select(Event).where(Event.action == "withdraw_evidence")).one()
    assert "拍错了点位" in event.reason
    form = browser.as_("chen").bare({"withdraw_reason": "再撤"})
    browser.as_("chen").send(f"{url}/withdraw", expect=404, **form)


def test_an_earlier_version_does_not_rise_again(browser, issue, make_issue):
    make_issue.evidence(issue, EvidenceKind.AFTER, file=("后.jpg", samples.jpeg()))
    old = db.session.scalars(select(Evidence)).one()
    url = f"{gallery(issue)}/{old.id}"
    new = (io.BytesIO(samples.png()), "后二.png")
    browser.as_("chen").post(f"{url}/replace", via=url, file=new, reason="更清晰")
    latest = db.session.scalars(select(Evidence).order_by(Evidence.id.desc())).first()
    url = f"{gallery(issue)}/{latest.id}"

    browser.as_("chen").post(f"{url}/withdraw", via=url, withdraw_reason="拍错了点位")

    assert held_kinds(issue)[EvidenceKind.AFTER] == 0
    assert all(row.withdrawn_at for row in db.session.scalars(select(Evidence)))


def test_what_an_act_rests_on_and_what_another_unit_sent_stays(browser, make_issue):
    issue = make_issue(Status.APPROVAL)
    photo = db.session.scalars(
        select(Evidence).where(Evidence.kind == EvidenceKind.SITE_CHECK)
    ).first()
    for name, status in (("lin", 409), ("chen", 409), ("sun", 409)):
        visitor = browser.as_(name)
        form = visitor.bare({"withdraw_reason": "撤回"})
        visitor.send(f"{gallery(issue)}/{photo.id}/withdraw", expect=status, **form)


def test_the_gallery_by_measure_and_by_stage(browser, issue, make_issue):
    make_issue.evidence(issue, EvidenceKind.BEFORE, file=("前.jpg", samples.jpeg()))
    make_issue.evidence(issue, EvidenceKind.DURING, file=("中.png", samples.png()))

    for by, head in (("stage", "整改中"), ("measure", "整个事项"), ("kind", "整改中照片")):
        heads = [node.text for node in browser.as_("liu").get(gallery(issue), by=by).tree.all("h2")]
        assert any(said.startswith(head) for said in heads), by


def test_the_first_page_of_a_report_is_its_face(browser, issue, make_issue):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(200, 300))
    canvas.drawString(20, 200, "Report")
    canvas.save()
    row = make_issue.evidence(issue, EvidenceKind.MONITORING, file=("报告.pdf", out.getvalue()))
    empty = make_issue.evidence(issue, EvidenceKind.MONITORING)

    for edge in (320, 1280):
        shown = browser.as_("liu").get(f"{gallery(issue)}/{row.id}/preview/{edge}").answer
        assert shown.mimetype == "image/jpeg"
    browser.as_("liu").get(f"{gallery(issue)}/{empty.id}/preview/320", expect=404)
