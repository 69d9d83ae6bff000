"""Every address asked as anybody of the cast, each request alone; what was done is undone."""

import contextvars
import re
from datetime import timedelta

from city import WORDS
from people import CAST
from sqlalchemy import update
from werkzeug.routing import IntegerConverter

from auth.models import SignIn
from extensions import db
from issues.api.door.limits import MOST, SETTING
from issues.ground import clock
from issues.models import Setting

CALLERS = (*CAST, None)
METHODS = ("GET", "POST", "PATCH")
KEPT = "figures_asked"
LONG = timedelta(hours=4)
"""No proof of who somebody is grows old while every door is tried."""
MISSING = {"number": "BZ-AF-2025-999", "code": "none", "city_code": "none", "signed": "none",
           "name": "none", "token": "none", "section": "none"}  # fmt: skip
ACTS = {"/notices/": "void", "/rounds/": "close"}
NEEDED = {
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY", "Content-Security-Policy": "default-src ",
    "Cache-Control": "", "Vary": "Cookie", "X-Request-ID": "",
}  # fmt: skip
INSIDE = (b"Traceback (most recent call last)", b"sqlalchemy.exc", b"psycopg.errors")
SAID = {
    "/api/v1/issues/<number>/evidence": "kind",
    "/issues/<number>/flags": "flag",
    "/issues/<number>/polluters/tie": "polluter",
    "/issues/<number>/polluters/untie": "polluter",
    "/issues/<number>/similar/check": "polluter",
    "/leads/<int:lead_id>/polluters/tie": "polluter",
    "/leads/<int:lead_id>/polluters/untie": "polluter",
    "/staged": "form",
    "/rounds/<int:round_id>/<any(confirm, hold, raise):decision>": "number",
    "/rounds/<int:round_id>/room/<any(confirm, hold, raise):decision>": "number",
    "/rounds/<int:round_id>/room/back": "number",
}
"""What a form has to name beside its address, or it is refused before anybody asks who sent it."""
ASKED = {"/burden/events": "?what=forms"}
"""What a page has to be asked for, or there is none, whoever asks."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
REFUSED = frozenset({401, 403, 404, 405})
CHANGE = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
OF_A_REFUSAL = frozenset({"event", "refusal_tally", "imprint", "imprint_row", "sign_in"})
"""That somebody was refused is told in the history, and that a session was used is noted. What
is read may be in the history too."""


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
    words = {"name": WORDS[kind], "slug": "unit", "picture": "board.webp"}
    words |= {"year": 2025} | given
    words["number"] = 0 if "/polic" in rule.rule else words["number"]
    words["action"] = next((act for of, act in ACTS.items() if of in rule.rule), "comment")
    here = {name: words.get(name, 1) for name in rule.arguments}
    built = rule.build(here | dict(rule.defaults or {}), append_unknown=False)[1]
    return built + ASKED.get(rule.rule, "")


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
        db.session.execute(update(SignIn).values(proven_at=clock.real_now() + LONG))
        db.session.commit()
        app.extensions["api_limit"].forget()
        place.databases.keep(KEPT)
        put_back(place, KEPT)
        self.mark = place.databases.mark()
        self.asked, self.untold = 0, []

    def ask(self, name, method, rule, url, *, token=True, headers=None, **sent):
        """The answer to somebody; None is nobody. What it wrote stays until `undo`."""
        self.asked += 1
        headers = dict(headers or {})
        if is_call(rule):
            if name:
                headers["Authorization"] = f"Bearer {self.city.secrets[name]}"
        else:
            headers["Cookie"] = f"session={self.city.cookies[name]}"
            if token and method != "GET":
                headers["X-CSRFToken"] = self.city.tokens[name]
        return self.send(method, url, headers, **sent)

    def send(self, method, url, headers, **sent):
        """A query that is sent stands in place of the one the address has."""
        url = url.partition("?")[0] if "query_string" in sent else url
        client = self.app.test_client(use_cookies=False)
        db.session.rollback()
        alone = contextvars.Context()
        answer = alone.run(client.open, url, method=method, headers=headers, buffered=True, **sent)
        answer.request.environ["wsgi.input"].close()
        db.session.rollback()
        self.untold += [(method, url, one) for one in missing_in(answer)]
        return answer

    def undo(self):
        """Whether anything had been written since the city was built; it is gone now."""
        databases = self.place.databases
        if databases.mark() == self.mark:
            return False
        db.session.remove()
        if databases.put_back_written(KEPT, self.mark):
            self.place.shelf.begin(None)
        else:
            put_back(self.place, KEPT)
        self.mark = databases.mark()
        return True


def missing_in(answer):
    """What an answer does not tell the browser, lets others keep, or tells of the inside."""
    held = answer.headers
    yield from (
        name for name, value in NEEDED.items() if name not in held or value not in held[name]
    )
    if not {"no-store", "private"} & set(answer.cache_control):
        yield "Cache-Control"
    if "unsafe" in held.get("Content-Security-Policy", ""):
        yield "unsafe"
    if "Server" in held:
        yield "Server"
    if any(inside in answer.get_data() for inside in INSIDE):
        yield "the inside"


def put_back(place, template):
    """The database as it was kept: whoever still held it open would go on with the old one."""
    db.session.remove()
    db.engine.dispose()
    place.shelf.begin(None)
    place.databases.copy(template)


def is_let_in(answer):
    """Past the door: neither refused nor sent to sign in."""
    if answer.status_code in REDIRECTS:
        return not answer.headers["Location"].startswith("/login")
    return answer.status_code not in REFUSED


def written(statements):
    """The tables somebody's request changed, but for what a refusal leaves behind."""
    found = {at[1] for at in map(CHANGE.match, statements) if at}
    return found - OF_A_REFUSAL
