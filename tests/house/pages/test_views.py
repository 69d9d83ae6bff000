"""Every address declares who may open it, and refuses everybody else."""

import re

import pytest

from issues.rights.table import TABLE
from issues.web.door.guards import PUBLIC, SAFE, need_of

KINDS = {"public", "signed_in", "requires", "with_issue"}
API, READER = "/api/", "/api/docs"
PLACE = re.compile(r"<[^<>]+>")
TICKET = "<number>"
EXAMPLES = {
    TICKET: "BZ-AF-2025-999",
    "<token>": "nothing",
    "<any(confirm, hold, raise):decision>": "confirm",
    "<any(amend, end):change>": "amend",
    "<any(below, rename, move, end, restore):act>": "rename",
}


def rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def address(rule):
    """The rule with something in every place of it, so that it can be asked."""
    return PLACE.sub(lambda place: EXAMPLES.get(place[0], "1"), rule.rule)


def asked(app):
    """Every method of every address that is not public, as (method, address, need)."""
    for rule in rules(app):
        if need_of(rule.endpoint).kind == "public":
            continue
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield method, address(rule), need_of(rule.endpoint)


def test_every_view_declares_what_it_requires(app):
    undeclared = [rule.rule for rule in rules(app) if need_of(rule.endpoint) is None]

    assert undeclared == []


def test_every_declaration_is_one_of_the_known_ones(app):
    for rule in rules(app):
        need = need_of(rule.endpoint)
        assert need.kind in KINDS, rule
        if need.kind in {"requires", "with_issue"}:
            assert need.power in TABLE, rule


def test_only_the_named_addresses_are_public(app):
    public = {rule.rule for rule in rules(app) if need_of(rule.endpoint).kind == "public"}

    assert public <= PUBLIC


def test_an_address_of_one_ticket_loads_it_through_the_rights(app):
    for rule in rules(app):
        if TICKET in rule.rule and need_of(rule.endpoint).kind != "with_issue":
            pytest.fail(f"{rule.rule} takes a ticket's number without asking who asks")


def test_a_view_that_declares_nothing_is_refused(app, monkeypatch):
    home = next(rule.endpoint for rule in rules(app) if rule.rule == "/")
    monkeypatch.setitem(app.view_functions, home, lambda: "open to all")

    assert app.test_client().get("/").status_code == 403


def test_nobody_gets_in_without_signing_in(app, browser):
    stranger = browser.stranger
    for method, url, _ in asked(app):
        answer = stranger.client.open(url, method=method)
        if url.startswith(API) and url != READER:
            assert answer.status_code == 401, (method, url)
        elif method in SAFE:
            assert answer.status_code in {302, 303}, (method, url)
            assert answer.location.startswith("/login"), (method, url)
        else:
            assert answer.status_code in {302, 303, 400, 401, 403}, (method, url)


@pytest.mark.parametrize("name", ["sysadmin", "secadmin", "auditor"])
def test_the_three_administrators_open_no_page_of_a_ticket(app, browser, make_issue, name):
    issue = make_issue()
    visitor = browser.as_(name)
    for method, url, need in asked(app):
        if need.kind == "with_issue" and method in SAFE:
            visitor.get(url.replace(EXAMPLES[TICKET], issue.number), expect=404)


def test_every_change_by_a_browser_needs_its_token(app, browser):
    visitor = browser.as_("sun")
    for method, url, _ in asked(app):
        if method not in SAFE and not url.startswith(API):
            answer = visitor.client.open(url, method=method, data={"reason": "x"})
            assert answer.status_code in {400, 403}, (method, url, answer.status_code)
