"""Whoever is shown the form of an act may send it: a page that asks has the right of its act."""

from urllib.parse import urljoin, urlsplit

import tally
from asking import CALLERS, address, is_call, routes
from flask import request
from markup import parse
from page import Form
from tally import on_both, part, tell

from issues.notices import acts
from issues.vocabulary import Action

SENT_BY_ALL = frozenset({"/logout", "/style"})
"""On every page, and the specimens of forms."""
REFUSED = frozenset({403, 404, 405})


def pages(app, city):
    """(rule, address) of each page, and of each act on a ticket that has a page of its own."""
    for _, rule in routes(app, "GET"):
        if is_call(rule):
            continue
        words = [one.value for one in Action] if "action" in rule.arguments else [""]
        for act in words:
            yield rule, address(rule, city.own | ({"action": act} if act else {}))


def asked_for(url, answer):
    """(where it goes, what it sends untouched) of each form with a button that changes things."""
    for form in parse(answer.get_data(as_text=True)).all("form"):
        path = urlsplit(urljoin(url, form["action"] or url)).path
        is_change = (form["method"] or "").lower() == "post" and form.all("button")
        if is_change and path not in SENT_BY_ALL:
            yield path, Form(form).drawn() | {"sure": "true"}


def shown_in_vain(asking, app, share=1, places=""):
    """((page, who, what is refused to them), how many forms were sent), each once a person."""
    found, sent = [], set()
    for turn, (rule, url) in enumerate(pages(app, asking.city)):
        if places not in rule.rule:
            continue
        for name in part(CALLERS[:-1], share, turn):
            answer = asking.ask(name, "GET", rule, url)
            if answer.status_code != 200 or answer.mimetype != "text/html":
                continue
            for path, words in asked_for(url, answer):
                if (name, path) in sent:
                    continue
                sent.add((name, path))
                said = asking.ask(name, "POST", rule, path, data=words)
                asking.undo()
                if said.status_code in REFUSED:
                    found.append((url, name, path, said.status_code))
    return found, len(sent)


@on_both
def test_whoever_is_shown_the_form_of_an_act_may_send_it(asking, app, database):
    found, tried = shown_in_vain(asking, app, 1 if tally.FULL else 10)

    tell(16, "办理页面与办理权限一致", tried, found, database)
    assert tried > 15


def test_with_the_guard_off_a_page_that_asks_in_vain_is_found(asking, app, monkeypatch):
    guard = acts.refuse_unless_may
    monkeypatch.setattr(
        acts, "refuse_unless_may",
        lambda *told: guard(*told) if request.method == "POST" else None,
    )  # fmt: skip

    found, _ = shown_in_vain(asking, app, 1, "/void")

    assert {name for _, name, *_ in found} > {"sun", "chen"}
