import pytest
from issues.vocabulary import Status
@pytest.mark.parametrize("status", [s for s in Status])
def test_page(browser, make_issue, status):
    issue = make_issue(status)
    number = issue.number
    for who in ("sun","zhou","lin","liu","liulead","chen","chenlead","zhao"):
        page = browser.as_(who).get(f"/issues/{number}", expect=None if False else (404 if status is Status.DRAFT and who in ("liu","liulead","chen","chenlead","zhao") else 200))
        print(who, status, len(page.statements))
        g = browser.as_(who).get(f"/issues/{number}/evidence", expect=page.status)
        print(len(g.statements))
