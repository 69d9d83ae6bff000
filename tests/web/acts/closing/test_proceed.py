"""The head lets a ticket go on although required readings are missing or outside (仍予推进)."""

from decimal import Decimal

from act_cases import Case, StandardCases
from sqlalchemy import select

from extensions import db, transaction
from issues.dossiers.content import INSIDE, content_of
from issues.dossiers.words import tables
from issues.ground import clock
from issues.models import Target
from issues.notices.facts.publicity import public_notice
from issues.vocabulary import Action, Nature, Sense, Status


def required(_make, issue):
    """A limit that nobody has read anything against."""
    with transaction():
        db.session.add(
            Target(
                issue_id=issue.id, name="氨氮", sense=Sense.LE, value=Decimal("1.0"),
                unit_of_value="mg/L", nature=Nature.LEVEL, is_required=True,
                entered_at=clock.now(),
            )
        )  # fmt: skip
    return {}


class TestProceed(StandardCases):
    case = Case(
        action=Action.PROCEED,
        at=Status.APPROVAL,
        by="zhou",
        ends=Status.APPROVAL,
        wrong_role="sun",
        wrong_status=Status.PUBLICITY,
        form={"reason": "汛期断面冲刷，无法采样", "confirmed": "true"},
        bad={"reason": ""},
        said="请填写理由",
        ready=required,
        ticket={"types": ["水"]},
    )

    def test_publicity_and_dossier_tell_it(self, browser, make_issue):
        issue, form = self.made(make_issue)
        browser.as_("zhou").post(self.case.url(issue), **form)
        make_issue.approve(issue, clock.now())

        told = "".join(line for _, lines in public_notice(issue).parts for line in lines)
        assert "氨氮：要求≤1.0mg/L，还没有读数" in told
        assert "决定仍予推进，理由：汛期断面冲刷，无法采样" in told
        sections = dict(tables(content_of(issue, INSIDE)))
        assert "汛期断面冲刷，无法采样" in str(sections["仍予推进"])
        with transaction():
            for row in db.session.scalars(select(Target)):
                row.ended_at, row.ended_why = clock.now(), "改由断面考核"
        assert "仍予推进" in str(public_notice(issue).parts), "what was decided stays"
