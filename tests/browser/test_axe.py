"""A ticket as each role sees it, judged by WCAG 2.2 AA; test_axe_everywhere has every page."""

from pathlib import Path

import pytest
from needs import need
from windows import DESK, PHONE

from issues.vocabulary import Action, Status

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / ".tools" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GRAVE = {"serious", "critical"}
JUDGE = """tags => axe.run(
    document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"""
ROLES = ("lin", "sun", "zhou", "chen", "chenlead", "zhao", "he")
ACTS = {
    "sun": (Action.RAISE_CARD, Action.AMEND),
    "zhou": (Action.WITHDRAW,),
    "chen": (Action.REPORT_PROGRESS,),
    "chenlead": (Action.REQUEST_EXTENSION,),
}


@pytest.fixture(scope="module")
def axe():
    need(AXE.is_file(), "没有 .tools/axe.min.js，先运行 make setup-dev")
    return AXE.read_text(encoding="utf-8")


def faults(seen, axe):
    """Each grave violation on the open page: its rule, and where it stands."""
    seen.page.evaluate(axe)
    found = seen.page.evaluate(JUDGE, TAGS)["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"][:3]
    ]


def addresses(name, issues):
    tickets = [f"/issues/{issue.number}" for issue in issues]
    acts = [f"{tickets[0]}/acts/{action.value}" for action in ACTS.get(name, ())]
    return ["/", "/board?compare=2025-10-01", *tickets, *acts, f"{tickets[0]}/evidence"]


@pytest.mark.parametrize("name", ROLES)
def test_no_page_of_a_role_has_a_grave_fault(window, make_issue, axe, name):
    late = [{"text": "完成整治", "deadline": "2025-11-20"}]
    issues = [
        make_issue(deadline="2025-11-20", title="逾期的事项", measures=late, lon=106.7, lat=31.8),
        make_issue(Status.CLOSED, title="已销号的事项"),
    ]
    seen = window().sign_in(name)
    found = []
    for url in addresses(name, issues):
        seen.page.goto(seen.server + url)
        found += [f"{url} {fault}" for fault in faults(seen, axe)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_before_signing_in_and_the_main_ones_on_a_phone(window, make_issue, axe, viewport):
    issue = make_issue(title="整改中的事项")
    seen = window(viewport)
    seen.open("/login")
    found = faults(seen, axe)
    seen.sign_in("sun")
    for url in ("/", "/board", "/board/map", "/issues", f"/issues/{issue.number}", "/nowhere"):
        seen.page.goto(seen.server + url)
        found += [f"{url} {fault}" for fault in faults(seen, axe)]

    assert not found, "\n".join(found)


def test_the_judge_finds_a_planted_fault(window, axe):
    seen = window()
    seen.open("/login")
    seen.page.evaluate("document.querySelector('main label').remove()")

    assert any(fault.startswith("label:") for fault in faults(seen, axe))
