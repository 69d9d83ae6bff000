"""The targets of a ticket on its pages: set by hand or from words, shown with the arithmetic."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from extensions import db, transaction
from issues.dossiers.content import OUTSIDE, content_of
from issues.dossiers.words import tables
from issues.ground import clock
from issues.models import Issue, Measure, Notice, Reading, Target
from issues.vocabulary import Action, Nature, Sense, Status

PM = {"name": "PM2.5", "sense": "lt", "value": "27.4", "unit": "μg/m³", "nature": "level",
      "by": "2025-12-21"}  # fmt: skip


def only_target():
    db.session.rollback()
    return db.session.scalars(select(Target)).one()


def test_a_target_read_from_the_standard_is_confirmed_and_shown_with_its_arithmetic(
    browser, make_issue, people
):
    issue = make_issue(Status.RECTIFYING, criteria="出水氨氮≤1.0mg/L，巡查每日不少于2次。")
    url = f"/issues/{issue.number}"
    sun = browser.as_("sun")
    page = sun.get(f"{url}/targets")
    assert "出水氨氮≤1.0mg/L" in page.text
    form = sun.get(f"{url}/targets?take=0").form(f"{url}/targets").drawn()
    assert (form["name"], form["value"], form["nature"]) == ("出水氨氮", "1.0", "level")
    often = sun.get(f"{url}/targets?take=1").form(f"{url}/targets").drawn()
    assert (often["unit"], often["nature"]) == ("次", ""), "no nature that words tell"

    said = {"name": "出水氨氮", "sense": "le", "value": "1.0", "unit": "mg/L", "nature": "level",
            "quote": "出水氨氮≤1.0mg/L"}  # fmt: skip
    sun.post(f"{url}/targets", **said)
    target = only_target()
    assert (target.sense, target.nature, str(target.value)) == (Sense.LE, Nature.LEVEL, "1.0")
    assert target.basis == "验收标准"
    assert "take=1" not in sun.get(f"{url}/targets").text, "what is set is proposed no more"

    with transaction():
        db.session.add(
            Reading(
                issue_id=issue.id, target_id=target.id, pollutant="出水氨氮", value=Decimal("9.9"),
                unit_of_value="mg/L", sampled_on=clock.today(), point="", laboratory="市站",
                entered_at=clock.now(), entered_by_id=people.liu.id, confirmed_at=clock.now(),
            )
        )  # fmt: skip
    for who, path in (("chen", url), ("sun", f"{url}/targets")):
        assert "读数9.9，未达标" in browser.as_(who).get(path).text
    assert issue.number in sun.get("/issues?q=出水氨氮≤1.0mg").text
    said = dict(tables(content_of(db.session.get(Issue, issue.id), OUTSIDE)))
    assert said["目标"].rows[0][3] == f"{clock.today()}读数9.9，未达标"
    assert "登记目标" not in browser.as_("chen").get(f"{url}/targets").text


def test_a_bad_target_keeps_what_was_typed_and_an_end_needs_its_reason(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    url, sun = f"/issues/{issue.number}/targets", browser.as_("sun")
    refused = sun.post(url, expect=422, **PM | {"value": "很多"})
    assert "目标值应是数字" in refused.text
    assert refused.form(url).drawn()["value"] == "很多"

    sun.post(url, **PM)
    target = only_target()
    assert "请填写结束的理由" in sun.post(f"{url}/{target.id}/end", via=url, expect=422).text
    sun.post(f"{url}/{target.id}/end", via=url, reason="指标调整")
    assert only_target().ended_why == "指标调整"
    assert "结束目标“PM2.5”" in sun.get(f"/issues/{issue.number}").text


def standing():
    db.session.rollback()
    rows = db.session.scalars(select(Target).where(Target.ended_at.is_(None)).order_by(Target.id))
    return {one.name: one.measure.no if one.measure else None for one in rows}


@pytest.mark.postgresql
def test_draft_plan_and_amendment_carry_targets(browser, make_issue):
    """A plan's targets are of its measures and go over to the next plan; the office's own stay."""
    issue = make_issue(Status.DRAFT, criteria="出水总磷≤0.5mg/L。")
    url, sun = f"/issues/{issue.number}", browser.as_("sun")
    assert "出水总磷≤0.5mg/L（验收标准：" in sun.get(f"{url}/edit").text
    row = {f"targets-0-{name}": value for name, value in PM.items()}
    sun.post(f"{url}/edit", via=f"{url}/edit", **row)
    assert standing() == {"PM2.5": None}
    sun.post(f"{url}/edit", via=f"{url}/edit", title="改一个标题")
    assert standing() == {"PM2.5": None}

    make_issue.advance(issue, Status.PLANNING)
    plan = f"{url}/acts/submit_plan"
    measures = {"measures-0-text": "封堵排口", "measures-1-text": "监测水质",
                "measures-0-target": "60", "measures-0-sense_of_target": "gt"}  # fmt: skip
    aim = {"targets-0-name": "氨氮", "targets-0-sense": "le", "targets-0-value": "1.0",
           "targets-0-nature": "level"}  # fmt: skip
    lead = browser.as_("chenlead")
    assert "出水总磷≤0.5mg/L（验收标准：" in lead.get(plan).text
    refused = lead.post(plan, via=plan, expect=422, **measures, **aim)
    assert "方案中的目标请写明是第几项措施的" in refused.text
    assert standing() == {"PM2.5": None}
    lead.post(plan, via=plan, **measures, **aim, **{"targets-0-measure": "2"})
    assert standing() == {"PM2.5": None, "氨氮": 2}

    make_issue.act(Action.RETURN_PLAN, issue, "liu", reason="缺少长效管护")
    drawn = lead.get(plan).form(plan).drawn()
    assert (drawn["targets-0-name"], drawn["targets-0-value"]) == ("氨氮", "1.0")
    assert (drawn["targets-0-measure"], drawn["measures-0-sense_of_target"]) == ("2", "gt")
    make_issue.act(
        Action.SUBMIT_PLAN, issue, "chenlead",
        measures=[{"text": "封堵全部排口"}, {"text": "按月监测水质"}],
    )  # fmt: skip
    now = db.session.scalars(select(Measure.text).join(Target)).all()
    assert (standing(), now) == ({"PM2.5": None, "氨氮": 2}, ["按月监测水质"])

    make_issue.act(Action.APPROVE_PLAN, issue, "liu", opinion="同意")
    second = db.session.scalars(select(Measure).where(Measure.dropped_at.is_(None))).all()[-1]
    rows = [{"id": second.id, "dropped": True}]
    known = {one.name: one.id for one in db.session.scalars(select(Target))}
    tighter = [{"id": known["PM2.5"], "value": "25"}]
    make_issue.act(Action.AMEND, issue, "sun", reason="指标调整",
                   fields={"measures": rows, "targets": tighter})  # fmt: skip
    assert standing() == {"PM2.5": None}
    page = sun.get(url).text
    assert "目标“PM2.5” 目标值：27.4 → 25" in page
    assert "PM2.5＜25μg/m³" in page


def test_a_notice_tells_of_the_target_and_passes_its_own_check(browser, make_issue, people):
    issue = make_issue(Status.RECTIFYING)
    sun, url = browser.as_("sun"), f"/issues/{issue.number}"
    sun.post(f"{url}/targets", **PM | {"by": "2025-11-20"})
    with transaction():
        db.session.add(
            Reading(
                issue_id=issue.id, target_id=only_target().id, pollutant="PM2.5",
                value=Decimal("28.5"), unit_of_value="μg/m³", sampled_on=date(2025, 11, 19),
                point="", laboratory="市站", entered_at=clock.now(),
                entered_by_id=people.liu.id, confirmed_at=clock.now(),
            )
        )  # fmt: skip
    make_issue.act(Action.AMEND, issue, "sun", reason="核对", fields={"remark": "已登记读数"})
    assert db.session.get(Issue, issue.id).red_from == date(2025, 11, 20)

    sun.post("/notices", via="/notices/new", kind="N1", issues=issue.number)
    notice = db.session.scalars(select(Notice.id).order_by(Notice.id.desc())).first()
    sun.sign(f"/notices/{notice}")
    db.session.rollback()
    signed = db.session.get(Notice, notice)
    assert signed.number
    assert "PM2.5＜27.4μg/m³，2025年11月19日读数28.5，未达标" in str(signed.facts)
