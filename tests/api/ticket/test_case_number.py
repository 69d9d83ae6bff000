"""The same 受理编号 is the same complaint: it is registered once, and the first ticket is named."""

import pytest
from drafts import DRAFT

from extensions import db
from issues.models import Issue
from issues.vocabulary import Status

CASE = "X2BZ202509010001"
SAID = DRAFT | {"source": "YX", "case_number": CASE}


def test_a_second_ticket_of_the_same_complaint_is_refused(api, browser, make_issue):
    first = api.sun.post("/issues", SAID, 201)["number"]
    other = make_issue(Status.DRAFT, source="YX")

    posted = api.sun.post("/issues", SAID, 409)
    edited = api.sun.patch(f"/issues/{other.number}", {"case_number": CASE}, 409)

    for answer in (posted, edited):
        assert first in answer["errors"]["case_number"][0]
    assert db.session.query(Issue).filter_by(case_number=CASE).count() == 1
    page = browser.as_("sun").post(
        f"/issues/{other.number}/edit", expect=409, case_number=CASE, title="另一标题"
    )
    assert first in page.text
    assert "另一标题" in page.html


def test_its_own_number_stays_and_that_of_a_withdrawn_ticket_is_free(api, make_issue):
    first = api.sun.post("/issues", SAID, 201)["number"]
    api.sun.patch(f"/issues/{first}", {"case_number": CASE, "title": "改标题"})
    api.zhou.post(f"/issues/{first}/actions/withdraw", {"reason": "登记有误。"})

    assert api.sun.post("/issues", SAID, 201)["number"] != first


@pytest.mark.parametrize("typed", [
    "x2bz202509010001", "Ｘ２ＢＺ２０２５０９０１０００１", "X2BZ 2025 0901 0001",
])  # fmt: skip
def test_it_is_the_same_number_however_it_is_typed(api, typed):
    first = api.sun.post("/issues", SAID, 201)["number"]

    posted = api.sun.post("/issues", SAID | {"case_number": typed}, 409)
    assert first in posted["errors"]["case_number"][0]
    api.zhou.post(f"/issues/{first}/actions/withdraw", {"reason": "登记有误。"})
    assert api.sun.post("/issues", SAID | {"case_number": typed}, 201)["case_number"] == CASE
