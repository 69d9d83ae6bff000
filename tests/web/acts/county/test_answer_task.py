"""A township answers a task of its county."""

import centre
import pytest
from act_cases import UNMEASURED, Case, StandardCases, record
from sqlalchemy import select

from extensions import db
from issues.dossiers.content import OUTSIDE, content_of
from issues.dossiers.words import tables
from issues.ground.refusals import Incomplete, NotAllowed
from issues.models import CountyTask
from issues.vocabulary import Action, Relation, Status, TaskState


def handed(make, issue):
    return {"task": centre.with_task(make, issue)}


class TestAnswerTask(StandardCases):
    case = Case(
        action=Action.ANSWER_TASK,
        at=Status.RECTIFYING,
        by="tang",
        ends=Status.RECTIFYING,
        wrong_role="sun",
        wrong_status=None,
        form={"text": "已逐户登记32户，排口3处已封堵。"},
        bad={"text": ""},
        said="请填写办理情况",
        ready=handed,
        ticket=UNMEASURED,
    )

    def test_the_county_is_asked_to_confirm_it(self, browser, make_issue):
        issue, form = self.made(make_issue)
        assert "答复" in browser.as_("tang").get("/").text

        browser.as_("tang").post(self.case.url(issue), **form)

        assert "县级交办任务" not in browser.as_("tang").get("/").text
        home = browser.as_("luo").get("/")
        assert f"/issues/{issue.number}/acts/confirm_task" in home.links
        assert "待确认" in home.text
        story = browser.as_("zhou").get(f"/issues/{issue.number}").tree.all("ol")[0].text
        assert "任务：核实沿河排口" in story
        told = dict(tables(content_of(issue, OUTSIDE)))["县级交办任务"]
        assert "已逐户登记32户" in str(told)

    def test_another_township_does_not_answer_it(self, make_issue):
        issue, form = self.made(make_issue)
        staff = centre.found()
        said = {"unit": centre.OTHER_TOWN, "text": "巡河。", "due_on": "2025-12-01"}
        centre.act(Action.HAND_TASK, issue, staff["luo"], **said)

        with pytest.raises(Incomplete) as refused:
            centre.act(Action.ANSWER_TASK, issue, staff["qin"], **form)
        assert "task" in refused.value.errors

    def test_who_answers_confirms_nothing_of_the_ticket(self, make_issue):
        """As a person of the centre afterwards, which a moved account may be."""
        issue, form = self.made(make_issue)
        staff = centre.found()
        centre.act(Action.ANSWER_TASK, issue, staff["tang"], **form)
        record(make_issue, Action.REPORT_PROGRESS, issue, "chen", text="已完成管网排查一公里。")
        moved = centre.moved(staff["tang"], staff["luo"])

        for action, said in (
            (Action.CONFIRM_TASK, {"task": form["task"], "opinion": "属实。"}),
            (Action.CONFIRM_PROGRESS, {"opinion": "属实。"}),
        ):
            with pytest.raises(NotAllowed):
                centre.act(action, issue, moved, **said)

    def test_a_recalled_ticket_s_tasks_are_owed_no_more(self, browser, make_issue):
        issue, _ = self.made(make_issue)
        browser.as_("tang").get(f"/issues/{issue.number}")

        record(make_issue, Action.RECALL, issue, "sun", reason="由市里督办。")

        assert db.session.scalars(select(CountyTask.state)).all() == [TaskState.ENDED]
        assert not issue.units(Relation.TASK)
        browser.as_("tang").get(f"/issues/{issue.number}", expect=404)
        assert "随收回结束任务1项" in browser.as_("sun").get(f"/issues/{issue.number}").text

    def test_a_late_one_is_counted_and_shown(self, browser, make_issue):
        issue, _ = self.made(make_issue)
        row = db.session.scalars(select(CountyTask)).one()

        assert "逾期" not in browser.as_("tang").get("/").text
        row.handed_on = row.due_on = row.handed_on.replace(day=20)
        db.session.commit()

        for who in ("tang", "luo"):
            assert "其中逾期未答复 1 项" in browser.as_(who).get("/").text
        assert "逾期未答复1项" in browser.as_("zhou").get(f"/issues/{issue.number}").text
