"""Every address asked as anybody of the cast, each request alone; what was done is undone."""

import contextvars

from city import WORDS
from people import CAST
from werkzeug.routing import IntegerConverter

from extensions import db
from issues.api.door.limits import MOST, SETTING
from issues.models import Setting

CALLERS = (*CAST, None)
METHODS = ("GET", "POST", "PATCH")
KEPT = "figures_asked"
MISSING = {"number": "BZ-AF-2025-999", "code": "none", "signed": "none", "name": "none",
           "token": "none"}  # fmt: skip
REDIRECTS = frozenset({301, 302, 303, 307, 308})
REFUSED = frozenset({401, 403, 404, 405})


def is_call(rule):
    return rule.rule.startswith("/api/") and rule.rule != "/api/docs"


def routes(app, *methods):
    """(method, rule) of each address but the files of the pages themselves."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: (one.rule, one.endpoint)):
        for method in methods or METHODS:
            if method in rule.methods and rule.endpoint != "static":
                yield method, rule


def name_of(method, rule):
    return f"{method} {rule.rule}"


def address(rule, given):
    """The rule with what is given in its places; words of its own where the place is a word's."""
    kind = next((kind for kind in ("preset", "clearance") if kind in rule.rule), "template")
    words = {"name": WORDS[kind]} | given
    words["number"] = 0 if "/polic" in rule.rule else words["number"]
    here = {name: words.get(name, 1) for name in rule.arguments}
    return rule.build(here | dict(rule.defaults or {}), append_unknown=False)[1]


def missing(rule):
    """The same address of something that is not there; None where nothing could be missing."""
    asked = {
        name: 999_999 if isinstance(converter, IntegerConverter) else MISSING[name]
        for name, converter in rule._converters.items()  # noqa: SLF001 - what a rule asks for
        if isinstance(converter, IntegerConverter) or name in MISSING
    }
    return asked or None


class Asking:
    """Asks as people and programs of the city."""

    def __init__(self, app, city, place):
        self.app, self.city, self.place = app, city, place
        db.session.add(Setting(key=SETTING, value=MOST))
        db.session.commit()
        app.extensions["api_limit"].forget()
        place.databases.keep(KEPT)
        put_back(place, KEPT)
        self.mark = place.databases.mark()
        self.asked = 0

    def ask(self, name, method, rule, url, *, token=True, headers=None, **sent):
        """The answer to somebody; None is nobody. What it wrote stays until `undo`."""
        self.asked += 1
        headers = dict(headers or {})
        if is_call(rule):
            if name:
                headers["Authorization"] = f"Bearer {self.city.secrets[name]}"
        elif name:
            headers["Cookie"] = f"session={self.city.cookies[name]}"
            if token and method != "GET":
                headers["X-CSRFToken"] = self.city.tokens[name]
        return self.send(method, url, headers, **sent)

    def send(self, method, url, headers, **sent):
        client = self.app.test_client(use_cookies=False)
        db.session.rollback()
        alone = contextvars.Context()
        answer = alone.run(client.open, url, method=method, headers=headers, buffered=True, **sent)
        answer.request.environ["wsgi.input"].close()
        db.session.rollback()
        return answer

    def undo(self):
        """Whether anything had been written since the city was built; it is gone now."""
        if self.place.databases.mark() == self.mark:
            return False
        put_back(self.place, KEPT)
        self.mark = self.place.databases.mark()
        return True


def put_back(place, template):
    """The database as it was kept: whoever still held it open would go on with the old one."""
    db.session.remove()
    db.engine.dispose()
    place.shelf.begin(None)
    place.databases.copy(template)


def is_let_in(answer):
    """Past the door: neither refused nor sent to sign in."""
    if answer.status_code in REDIRECTS:
        return "/login" not in answer.headers["Location"]
    return answer.status_code not in REFUSED
