"""A refusal leads on: to the thing it was about, else to its list, and never to another refusal."""

import pytest

from issues.vocabulary import Status


def way(page):
    """The one button of the page of a refusal: (address, words)."""
    (button,) = [link for link in page.tree.all("a") if "btn" in (link["class"] or "").split()]
    return button["href"], button.text


def test_a_conflict_leads_back_to_the_ticket(browser, make_issue):
    issue = make_issue(Status.CLOSED)

    page = browser.as_("chen").get(f"/issues/{issue.number}/acts/report_progress", 409)

    assert way(page) == (f"/issues/{issue.number}", f"回到{issue.number}")


def test_what_was_not_found_leads_to_its_list(browser):
    page = browser.as_("sun").get("/issues/BZ-AF-2025-999/evidence", 404)

    assert way(page) == ("/issues", "回到台账")


def test_who_may_not_see_the_list_begins_anew(browser):
    assert way(browser.as_("chen").get("/rounds/3", 403)) == ("/", "回到首页")
    assert way(browser.as_("sysadmin").get("/issues/BZ-AF-2025-001", 404)) == ("/", "回到首页")


@pytest.mark.parametrize("name", ["sun", "chen", "wu", "zhao", "auditor"])
def test_nobody_is_led_from_one_refusal_to_another(browser, make_issue, name):
    number = make_issue().number
    visitor = browser.as_(name)
    asked = [
        f"/issues/{number}/{rest}"
        for rest in (
            "acts/close", "acts/nonsense", "edit", "flags", "originals", "publicity", "evidence/9",
            "evidence/9/file", "nowhere", "dossier/more",
        )
    ]  # fmt: skip
    asked += [
        "/rounds/7", "/rounds/7/notices", "/notices/77", "/notices/77/void", "/covert/5",
        "/policy/drafts/5", "/issues/import/4", "/admin/accounts/99", "/admin/units/none",
        "/admin/grants/99", "/board/nowhere", "/nowhere",
    ]  # fmt: skip
    refused = 0
    for url in asked:
        answer = visitor.client.get(url)
        if answer.status_code >= 400:
            refused += 1
            back, _ = way(visitor.get(url, answer.status_code))
            assert visitor.client.get(back, follow_redirects=True).status_code == 200, (url, back)

    assert refused > 10
