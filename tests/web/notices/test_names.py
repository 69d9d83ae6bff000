"""A paper is called what it is: nobody looks for a 销号函 under all that its kind may be."""

import pytest
from sqlalchemy import select

from extensions import db
from issues.models import Notice
from issues.notices.kinds import TEMPLATES, name_of
from issues.vocabulary import NoticeKind, Status


@pytest.mark.both
def test_a_closing_letter_has_its_own_name_wherever_it_is_listed(browser, make_issue):
    issue = make_issue(Status.CLOSED)
    notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.N8)).one()
    sun = browser.as_("sun")

    listed = [" ".join(filter(None, row)) for row in sun.get("/notices").rows()]
    ticket, paper = sun.get(f"/issues/{issue.number}"), sun.get(f"/notices/{notice.id}")

    assert any("销号函" in row for row in listed)
    assert "销号函" in ticket.text
    assert "种类销号函" in paper.text.replace(" ", "")
    for text in (*listed, ticket.text, paper.text):
        assert NoticeKind.N8.label not in text


@pytest.mark.parametrize("outcome", ["returned", "closed", "lifted"])
def test_each_outcome_has_a_name_of_its_own(outcome):
    named = name_of(NoticeKind.N8, {"outcome": {"what": outcome}})

    assert named == TEMPLATES[f"N8-{outcome}"].label != NoticeKind.N8.label


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_draft_of_which_nothing_is_settled_has_a_name(kind):
    assert name_of(kind, {}) in {one.label for one in TEMPLATES.values() if one.kind is kind}
