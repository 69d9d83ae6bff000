"""What holds of every act: near at hand, nothing typed is lost to a faster colleague, and grave
ones can be read back with their reason.
"""

import pytest
from every_act import CASES, made

from issues.vocabulary import GRAVE, Action
from issues.workflow import TRANSITIONS

ENDLESS = 99
CLICKS = 3
ON_THE_WAY = ("/", "/issues", "/lookbacks", "/instructions", "/covert")


def test_every_act_has_its_cases():
    without = set(TRANSITIONS) - {Action(code) for code in CASES}

    assert without == {Action.REGISTER}, "登记问题 stands in the navigation itself"


def clicks_to(visitor, url, ticket):
    """How many links lead from my work to the act: its form, or its button."""
    seen, frontier = {"/"}, ["/"]
    for depth in range(CLICKS + 1):
        further = []
        for address in frontier:
            page = visitor.get(address, most=ENDLESS)
            if page.has_form(url):
                return depth
            links = {link.partition("#")[0] for link in page.links}
            if url in links:
                return depth + 1
            further += [
                link for link in links - seen
                if link in {*ON_THE_WAY, ticket}
            ]  # fmt: skip
            seen |= links
        frontier = further
    return None


@pytest.mark.parametrize("code", CASES)
def test_it_is_at_most_three_clicks_from_my_work(browser, make_issue, code):
    case = CASES[code]
    issue, _ = made(case, make_issue)

    clicks = clicks_to(browser.as_(case.by), case.url(issue), f"/issues/{issue.number}")

    assert clicks is not None
    assert clicks <= CLICKS


def as_list(value):
    return value if isinstance(value, list) else [value] if value else []


@pytest.mark.parametrize("code", [code for code, case in CASES.items() if case.form])
def test_nothing_typed_is_lost_to_who_was_faster(browser, make_issue, code):
    case = CASES[code]
    issue, form = made(case, make_issue)
    visitor, url = browser.as_(case.by), case.url(issue)
    typed = visitor.get(url).form(url).filled(form | {"note": "我写的备注"})

    page = visitor.send(url, 409, **typed | {"version": str(issue.version - 1), "seen": "0"})

    drawn = page.form(url).drawn()
    carried = {"csrf_token", "version", "seen", "once", "base"}
    lost = {
        name: value for name, value in typed.items()
        if name not in carried and as_list(drawn.get(name, [])) != as_list(value)
    }  # fmt: skip
    assert lost == {}
    assert "其间的变化" in page.text


@pytest.mark.parametrize("action", sorted(GRAVE))
def test_a_grave_act_is_read_back_with_its_reason(browser, make_issue, action):
    case = CASES[action.value]
    issue, form = made(case, make_issue)
    reason = form.get("reason") or form.get("opinion") or "公示至"

    browser.as_(case.by).post(case.url(issue), **form)

    story = browser.as_("lin").get(f"/issues/{issue.number}").tree.all("ol")[0]
    told = next(node.text for node in story.all("li") if node.text.startswith(action.label))
    assert reason in told
    rows = browser.as_("lin").get(f"/api/v1/issues/{issue.number}/history?limit=200").json
    said = [row for row in rows["items"] if row["action"] == action.value]
    assert reason in said[-1]["reason"]
    assert said[-1]["actor"]
