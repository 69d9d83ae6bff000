"""Pages that say what was kept of a form, judged by axe on a phone and at a desk."""

import errno

import pytest
from judge import axe_script, faults
from windows import DESK, PHONE

from issues.vocabulary import Action, Status
from issues.web.ticket import draw

pytestmark = pytest.mark.browser
TYPED = "不属于本单位职责，请另行交办。"


def failing(error):
    def fails(*_args, **_named):
        raise error

    return fails


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_that_tell_of_a_kept_form(window, make_issue, monkeypatch, viewport):
    url = f"/issues/{make_issue(Status.ASSIGNED).number}/acts/decline"
    chen, axe, found = window(viewport).sign_in("chen"), axe_script(), []

    def judge(said):
        assert said in chen.text
        found.extend(faults(chen, axe))
        found.extend(["too wide"] * (chen.sideways() > 0))

    for error, said in ((OSError(errno.ENOSPC, "full"), "再提交一次"), (ValueError(), "内容还在")):
        chen.open(url)
        chen.page.fill("[name=reason]", TYPED)
        with monkeypatch.context() as broken:
            broken.setattr(draw, "fields_for", failing(error))
            chen.press(Action.DECLINE.label)
        judge(said)
    chen.open(url)
    judge("没有提交的内容还在")
    chen.page.get_by_role("link", name="恢复", exact=True).click()
    judge("已恢复")
    chen.open("/kept")
    judge("申请改派")

    assert found == []
