"""No empty list is a dead end: it names the next step and by whom, or leads on, in no circle."""

import pytest
from markup import parse

from issues.rights.table import TABLE, holds
from issues.vocabulary import Role
from issues.web.door.guards import need_of
from issues.web.help.steps import STEPS, who_may
from tools.pictured import PAGES

PEOPLE = ("sun", "zhou", "lin", "chen", "zhao", "sysadmin", "secadmin", "auditor")
NARROWED = {
    "sun": ("/issues?q=qq", "/notices?q=qq", "/search?q=qq", "/help?q=qq"),
    "sysadmin": ("/admin/accounts?q=qq", "/admin/units?q=qq"),
    "secadmin": ("/admin/grants?q=qq",),
    "auditor": ("/history?person=qq",),
}
SOMEBODY = (*(role.label for role in Role), "系统", "本页", "本人", "不用办理")
STEPS_ON = 4
SAMPLES = ("/style", "/api/docs")
"""Pages that show how pages look."""


def states(tree):
    return [node for node in tree.all("div") if node["class"] == "empty-state"]


def says_next(state):
    """Whether it names the next step and who does it."""
    told = [node.text for node in state.all("p") if node["class"] == "empty-next"]
    return bool(told) and all(any(who in text for who in SOMEBODY) for text in told)


def ways(state):
    return [node["href"] for node in state.all("a")]


def dead(tree, read, seen=()):
    """The empty states from which nothing leads on; `read` gives the page of an address."""
    for state in states(tree):
        if says_next(state):
            continue
        on = [url for url in ways(state) if url not in seen]
        if not on or len(seen) > STEPS_ON:
            yield state.text
            continue
        for url in on:
            yield from dead(read(url), read, (*seen, url))


def lists(app, person):
    """The pages this person may open that need nothing in their address."""
    for endpoint in sorted({page.endpoint for page in PAGES}):
        rule = next(app.url_map.iter_rules(endpoint))
        need = need_of(endpoint)
        is_open = need.kind == "signed_in" or (need.power and holds(person, need.power))
        if not rule.arguments and rule.rule not in SAMPLES and is_open:
            yield rule.rule


@pytest.mark.parametrize("name", PEOPLE)
def test_every_empty_page_names_the_next_step(app, people, browser, name):
    visitor, met = browser.as_(name), 0
    known = {}

    def read(url):
        if url not in known:
            known[url] = visitor.get(url).tree or parse("")  # a file is no dead end
        return known[url]

    for url in (*lists(app, people[name]), *NARROWED.get(name, ())):
        answer = visitor.client.get(url)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            tree = parse(answer.get_data(as_text=True))
            met += len(states(tree))
            assert list(dead(tree, read, (url,))) == [], url
            narrowed = [state.text for state in states(tree) if "符合条件" in state.text]
            assert "?" in url or not narrowed, f"{url} speaks of conditions nobody set"
    assert met or name in {"secadmin", "auditor"}


def test_a_dead_end_and_a_circle_are_found():
    def page(inside):
        return parse(f'<main><div class="empty-state"><p>无</p>{inside}</div></main>')

    to_b, to_a = page('<a href="/b">乙</a>'), page('<a href="/a">甲</a>')
    pages = {"/a": to_b, "/b": to_a, "/c": parse("<main></main>")}
    assert list(dead(page(""), pages.get)) == ["无"]
    assert list(dead(pages["/a"], pages.get, ("/a",))) == ["无甲"]
    assert list(dead(page('<p class="empty-next">请等待。</p>'), pages.get)) == ["无请等待。"]
    assert list(dead(page('<p class="empty-next">由督察员办理。</p>'), pages.get)) == []
    assert list(dead(page('<a href="/c">丙</a>'), pages.get)) == []


def test_every_step_is_somebodys_and_its_page_lets_them_in(app):
    for step in STEPS.values():
        assert who_may(step.power), step
        holders = {role for role in Role if TABLE[step.power][role]}
        for endpoint in step.endpoints:
            power = need_of(endpoint).power if endpoint in app.view_functions else step.power
            assert holders <= {role for role in Role if TABLE[power][role]}, step


def test_a_step_has_its_way_only_for_who_may_take_it(browser):
    office, unit = (browser.as_(name).get("/issues").tree for name in ("sun", "chen"))

    assert {"/issues/import", "/issues/new"} <= set(ways(states(office)[0]))
    assert ways(states(unit)[0]) == []
    assert "下一步：交办，由市环委办经办办理。" in states(unit)[0].text
