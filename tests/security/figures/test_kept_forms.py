"""Every form that a page of the city shows is kept as it is typed into, and offered back there."""

from urllib.parse import urljoin, urlsplit

import tally
from asking import routes
from expected import expected
from letters import LETTERS
from markup import parse
from page import Form
from test_asking_pages import pages

from issues.web.door.kept import posted

TYPED = {"number": "7", "date": "2025-11-20", "time": "08:30", "datetime-local": "2025-11-20T08:30"}
WORDS = "示例：写了一半的话。"
UNSEEN = frozenset({"hidden", "file", "password", "submit", "button", "image", "reset"})
FIRST = "osilchvapW"
"""Who is asked first of those a page opens for."""
LEAST = 60
"""Views whose forms the city shows with something to fill in."""


def forms_of(url, answer):
    """(path it is sent to, form) of each that is posted."""
    for node in parse(answer.get_data(as_text=True)).all("form"):
        if (node["method"] or "").lower() == "post":
            yield urlsplit(urljoin(url, node["action"] or url)).path, Form(node)


def changed(form):
    """(name, value) that a person makes of the first field that is filled in; None of a button."""
    fields = form.node.all("textarea", "input", "select", name=True)
    seen = [one for one in fields if (one["type"] or "").lower() not in UNSEEN]
    for one in sorted(seen, key=lambda one: one.tag != "textarea"):
        kind = (one["type"] or "text").lower()
        if "disabled" in one.attributes:
            continue
        if one.tag == "select":
            now = form.drawn().get(one["name"])
            others = [option["value"] for option in one.all("option") if option["value"]]
            other = next((value for value in others if value not in (now or [])), None)
            if other:
                return one["name"], other
        elif kind == "radio" or (kind == "checkbox" and "checked" not in one.attributes):
            if "checked" not in one.attributes:
                return one["name"], one["value"] or "on"
        elif kind != "checkbox":
            return one["name"], TYPED.get(kind, WORDS)
    return None


def holds(said, value):
    return value in said if isinstance(said, list) else (said or "").strip() == value


def not_offered(asking, person, rule, url, path, form):
    """What is wrong with a form that is typed into, left, and opened again; None where nothing."""
    name, value = changed(form)
    own = {"kept_action": path, "kept_page": url, "kept_title": "示例"}
    save = next(rule for _, rule in routes(asking.app, "POST") if rule.rule == "/kept")
    token = asking.ask(person, "POST", save, "/kept", data=form.drawn() | {name: value} | own)
    token = token.get_json()["kept"] if token.status_code == 200 else ""
    if not token:
        return "is not kept"
    if tally.FULL:
        offered = asking.ask(person, "GET", rule, url).get_data(as_text=True)
        if f"{posted.KEPT}={token}" not in offered:
            return "is not offered"
    filled = asking.ask(person, "GET", rule, posted.with_token(url, token))
    same = [one for where, one in forms_of(url, filled) if where == path]
    if not any(holds(one.drawn().get(name), value) for one in same):
        return f"does not come back with its {name}"
    return None


def walked(asking, app):
    """({view: what is wrong or None} of forms with fields, the views of forms of a button)."""
    filled, buttons = {}, set()
    for rule, url in pages(app, asking.city):
        circle = expected(f"GET {rule.rule}") or ""
        for letter in [one for one in FIRST if one in circle][: 2 if tally.FULL else 1]:
            answer = asking.ask(LETTERS[letter], "GET", rule, url)
            if answer.status_code != 200 or answer.mimetype != "text/html":
                continue
            for path, form in forms_of(url, answer):
                with app.test_request_context():
                    view = posted.endpoint_at(path, "POST")
                    is_kept = posted.is_kept(view)
                if changed(form) and posted.NOT_KEPT.get(view) == posted.BUTTON:
                    filled[view] = f"{view} at {url} is no button"
                if changed(form) is None:
                    buttons.add(view)
                elif view not in filled and is_kept:
                    fault = not_offered(asking, LETTERS[letter], rule, url, path, form)
                    filled[view] = fault and f"{view} at {url} as {LETTERS[letter]}: {fault}"
    return filled, buttons - filled.keys()


def test_every_form_that_is_filled_in_is_offered_back_where_it_stood(asking, app):
    filled, buttons = walked(asking, app)
    asking.undo()

    faults = [fault for fault in filled.values() if fault]
    assert not faults, "\n".join(faults)
    assert len(filled) >= LEAST, (len(filled), len(buttons))
