"""Every page a person can go to, in a real browser: nothing breaks and nothing sticks out."""

import pytest
from judge import COLOURS, axe_script, faults
from people import CAST
from windows import PHONE

from issues.vocabulary import Action, Status
from tools.pictured import PAGES

ONE_OF_EACH_ROLE = (
    "lin", "sun", "zhou", "chen", "chenlead", "zhao", "he", "sysadmin", "secadmin", "auditor",
)  # fmt: skip
SAME_MENU = {"lin": "sun", "zhou": "sun", "chen": "chenlead", "he": "zhao"}
"""Whose menu leads to pages that look alike for another of them."""
THE_THREE = {"sysadmin", "secadmin", "auditor"}
ACTS = {
    "sun": (Action.RAISE_CARD, Action.AMEND),
    "zhou": (Action.WITHDRAW,),
    "chen": (Action.REPORT_PROGRESS,),
    "chenlead": (Action.REQUEST_EXTENSION,),
}
LATE = ({"text": "完成整治", "deadline": "2025-11-20"},)

pytestmark = pytest.mark.browser


def test_every_role_is_looked_at():
    assert {CAST[name][2] for name in ONE_OF_EACH_ROLE} == {role for _, _, role in CAST.values()}


def addresses(name, issues):
    """A ticket late and one closed, and what the person may do to the first."""
    tickets = [f"/issues/{issue.number}" for issue in issues]
    acts = [f"{tickets[0]}/acts/{action.value}" for action in ACTS.get(name, ())]
    return ["/board?compare=2025-10-01", *tickets, *acts, f"{tickets[0]}/evidence"]


def opened_there(app, name):
    """What test_axe.py opens for this person at the width of a phone, too."""
    with app.test_request_context():
        plain = [page for page in PAGES if page.person == name and page.found is dict]
        return {page.address() for page in plain} - {"/"}


@pytest.mark.parametrize("name", ONE_OF_EACH_ROLE)
def test_every_page_of_a_role_on_a_phone(app, window, make_issue, name):
    """What axe finds grave in its tickets, too; of colours test_axe.py tells."""
    issues = [
        make_issue(deadline="2025-11-20", title="逾期的事项", measures=LATE, lon=106.7, lat=31.8),
        make_issue(Status.CLOSED, title="已销号的事项"),
    ]
    axe, seen = axe_script(), window(PHONE).sign_in(name)
    of_tickets = [] if CAST[name][2] in THE_THREE else addresses(name, issues)

    menu = ["/"] if name in SAME_MENU else seen.menu
    known = opened_there(app, name)
    for url in [*(url for url in menu if url not in known), "/account", *of_tickets]:
        seen.open(url)
        assert seen.heading, url
        assert seen.sideways() <= 0, f"{url} is {seen.sideways()} px too wide"
        if url in of_tickets:
            assert not (found := faults(seen, axe, COLOURS)), f"{url}: {found}"
    assert seen.complaints == []
