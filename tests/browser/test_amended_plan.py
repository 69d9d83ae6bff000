"""The office writes two measures more into the plan and strikes one off, in one form."""

import pytest

from extensions import db
from issues.colour.facts_of import measures_of
from issues.vocabulary import Action, Status

pytestmark = pytest.mark.browser


def test_lines_are_added_to_the_measures_that_are_there(desk, make_issue):
    issue = make_issue(Status.RECTIFYING)
    sun = desk("sun")
    sun.open(f"/issues/{issue.number}/acts/amend")
    measures = sun.page.get_by_role("group", name="措施调整")
    measures.get_by_role("button", name="增加一行", exact=True).click()
    assert measures.get_by_role("button", name="清除本行").count() == 2, "only of what is new"
    sun.page.check("[name=fields-measures-0-dropped]")
    sun.fill({
        "fields-measures-2-text": "清掏雨水沟", "fields-measures-2-deadline": "2026-04-30",
        "fields-measures-3-text": "建成提升泵站", "reason": "省厅要求",
    })  # fmt: skip
    sun.press(Action.AMEND.label)

    db.session.rollback()
    assert [(measure.no, measure.text) for measure in measures_of(issue)] == [
        (2, "修复破损管网"), (3, "清掏雨水沟"), (4, "建成提升泵站"),
    ]  # fmt: skip
    assert "撤销措施1：措施内容完成场镇管网排查" in sun.text
    assert sun.complaints == []
