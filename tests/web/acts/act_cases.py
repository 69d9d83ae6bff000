"""The cases every act has, in the same order; a file for each act says what it is made of.

Each act is pressed on its page: who may, who may not, when, with what, and that once is once.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from extensions import db, transaction
from issues import acts, workflow
from issues.models import Event
from issues.vocabulary import Action, Status

TOO_LONG = {"note": "字" * 2001}
UNMEASURED = {"measures": [{"text": "完成场镇管网排查", "deadline": "2026-03-31"}]}
"""A ticket that is green on the test day: no figure can lag."""


def as_is(_make, _issue):
    """The ticket is ready as made."""
    return {}


@dataclass(frozen=True)
class Case:
    """`form` is what the person types; `ready` adds facts to the ticket and more to the form.

    `wrong_role` sees the ticket and may not do the act; `stranger` is of a unit it does not
    concern. `bad` is typed over the form, and `said` stands on the page that comes back.
    """

    action: Action
    at: Status
    by: str
    ends: Status
    wrong_role: str
    wrong_status: Status | None
    form: dict[str, Any] = field(default_factory=dict)
    bad: dict[str, Any] = field(default_factory=lambda: TOO_LONG)
    said: str = "备注超过2000字"
    ready: Callable[[Any, Any], dict[str, Any]] = as_is
    ticket: dict[str, Any] = field(default_factory=dict)
    stranger: str = "wu"
    witness: str = "lin"

    def url(self, issue):
        end = "edit" if self.action is Action.EDIT else f"acts/{self.action.value}"
        return f"/issues/{issue.number}/{end}"


def record(make, action, issue, name, **detail):
    """One act by one of the cast, of whatever details."""
    person = make.people[name]
    with transaction():
        acts.do(action, workflow.load(issue.number, person, for_change=True), person, detail)


def acts_on(issue, action):
    """How often the history of the ticket says so."""
    return db.session.scalar(
        select(func.count(Event.id)).where(
            Event.subject == "ticket", Event.subject_id == issue.id, Event.action == action.value
        )
    )


class StandardCases:
    """Inherited by the tests of one act, which names its `case`."""

    case: Case

    def made(self, make_issue):
        """The ticket, ready for the act, and what is typed into its form."""
        issue = make_issue(self.case.at, **self.case.ticket)
        form = self.case.form | self.case.ready(make_issue, issue)
        return issue, form

    def test_it_does_it(self, browser, make_issue):
        issue, form = self.made(make_issue)

        page = browser.as_(self.case.by).post(self.case.url(issue), **form)

        assert issue.status is self.case.ends
        assert f"已办理“{self.case.action.label}”" in page.text

    def test_history_says_so(self, browser, make_issue):
        issue, form = self.made(make_issue)
        before = acts_on(issue, self.case.action)

        browser.as_(self.case.by).post(self.case.url(issue), **form)

        assert acts_on(issue, self.case.action) == before + 1
        page = browser.as_(self.case.witness).get(f"/issues/{issue.number}")
        told = page.tree.all("ol")[0].text
        assert self.case.action.label in told

    def test_another_unit_does_not_find_it(self, browser, make_issue):
        issue, form = self.made(make_issue)

        browser.as_(self.case.stranger).post(self.case.url(issue), expect=404, **form)

        assert issue.status is self.case.at

    def test_the_wrong_role_is_refused(self, browser, make_issue):
        issue, form = self.made(make_issue)

        browser.as_(self.case.wrong_role).get(self.case.url(issue), expect=403)
        browser.as_(self.case.wrong_role).post(self.case.url(issue), expect=403, **form)

        assert issue.status is self.case.at

    def test_the_wrong_status_is_refused(self, browser, make_issue):
        if self.case.wrong_status is None:
            return
        issue = make_issue(self.case.wrong_status, **self.case.ticket)

        browser.as_(self.case.by).get(self.case.url(issue), expect=409)
        browser.as_(self.case.by).post(self.case.url(issue), expect=409, **self.case.form)

        assert issue.status is self.case.wrong_status

    def test_what_was_read_before_another_act_is_refused(self, browser, make_issue):
        issue, form = self.made(make_issue)
        visitor, url = browser.as_(self.case.by), self.case.url(issue)
        filled = visitor.get(url).form(url).filled(form)

        stale = filled | {"version": str(issue.version - 1), "seen": "0"}
        page = visitor.send(url, expect=409, **stale)

        assert "内容已被他人更改" in page.text
        assert issue.status is self.case.at
        again = visitor.send(url, **page.form(url).filled(form))
        assert issue.status is self.case.ends
        assert f"已办理“{self.case.action.label}”" in again.text

    def test_bad_input_is_told_at_its_place_and_changes_nothing(self, browser, make_issue):
        issue, form = self.made(make_issue)
        version, before = issue.version, acts_on(issue, self.case.action)

        page = browser.as_(self.case.by).post(
            self.case.url(issue), expect=422, **form | self.case.bad
        )

        assert self.case.said in page.text
        assert (issue.status, issue.version) == (self.case.at, version)
        assert acts_on(issue, self.case.action) == before

    def test_the_form_says_the_act(self, browser, make_issue):
        issue, _ = self.made(make_issue)
        url = self.case.url(issue)

        page = browser.as_(self.case.by).get(url)

        buttons = [button.text for button in page.form(url).node.all("button", type="submit")]
        assert buttons == [self.case.action.label]
        assert page.heading == f"{self.case.action.label} {issue.number}"

    def test_sent_twice_it_has_one_effect(self, browser, make_issue):
        issue, form = self.made(make_issue)
        visitor, url = browser.as_(self.case.by), self.case.url(issue)
        before = acts_on(issue, self.case.action)
        filled = visitor.get(url).form(url).filled(form)

        first = visitor.send(url, expect=303, follow=False, **filled)
        second = visitor.send(url, expect=303, follow=False, **filled)

        assert first.location == second.location
        assert acts_on(issue, self.case.action) == before + 1
        assert issue.status is self.case.ends
