"""Every page a person can go to, in a real browser: nothing breaks and nothing sticks out."""

import pytest
from people import CAST
from windows import DESK, PHONE

from issues.vocabulary import Status

ONE_OF_EACH_ROLE = (
    "lin", "sun", "zhou", "chen", "chenlead", "zhao", "he", "sysadmin", "secadmin", "auditor",
)  # fmt: skip

pytestmark = pytest.mark.browser


def test_every_role_is_looked_at():
    assert {CAST[name][2] for name in ONE_OF_EACH_ROLE} == {role for _, _, role in CAST.values()}


@pytest.mark.parametrize("name", ONE_OF_EACH_ROLE)
def test_every_page_of_the_menu_at_both_widths(window, make_issue, name):
    numbers = [make_issue(status).number for status in (Status.RECTIFYING, Status.CLOSED)]
    seen = window(DESK).sign_in(name)
    sees_tickets = CAST[name][2] not in {"sysadmin", "secadmin", "auditor"}

    for url in [*seen.menu, "/account", *(f"/issues/{n}" for n in numbers if sees_tickets)]:
        seen.open(url)
        assert seen.heading, url
        for size in (PHONE, DESK):
            seen.page.set_viewport_size(size)
            assert seen.sideways() <= 0, f"{url} is {seen.sideways()} px too wide at {size}"
    assert seen.complaints == []
