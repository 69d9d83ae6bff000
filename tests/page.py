"""The strict browser of the web tests: it acts as a person would and checks every page it sees.

Each request runs in a context of its own, as on a server: nothing of one request, and nothing of
the test, is seen by the next.
"""

import contextvars
from contextlib import contextmanager
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from markup import parse
from page_checks import faults_once
from people import PASSWORD
from shelf import Patch
from sqlalchemy import event, select

from auth.models import User
from extensions import db

HTML = "text/html"
SESSION = "session"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_STATEMENTS = 30
TOKEN = 'name="csrf_token"'
NOT_COUNTED = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")
OF_USE = ("UPDATE SIGN_IN SET SEEN_AT", "UPDATE API_TOKEN SET USED_AT")


class Browser:
    def __init__(self, app, shelf=None):
        self.app = app
        self.shelf = shelf
        self._visitors = {}

    def as_(self, person):
        """The visitor signed in as this person of the cast (a name or an Actor)."""
        name = person if isinstance(person, str) else person.name
        if name not in self._visitors:
            self._visitors[name] = Visitor(self.app)
            self._sign_in(name, self._visitors[name])
        return self._visitors[name]

    def _sign_in(self, name, visitor):
        def signed_in():
            said = _as_a_stranger(visitor) | {"username": name, "password": PASSWORD}
            visitor.send("/login", 302, follow=False, **said)
            user = select(User).where(User.name == name)
            return db.session.scalars(user).one(), visitor.client.get_cookie(SESSION).value

        step = ("signed in", name)
        _, cookie = self.shelf.of(step, signed_in) if self.shelf else signed_in()
        visitor.client.set_cookie(SESSION, cookie)

    @property
    def stranger(self):
        """A visitor nobody has signed in."""
        return Visitor(self.app)


STRANGERS = {}


def _as_a_stranger(visitor):
    """The form of the login as it was first drawn for an app, and the cookie it is good with."""
    if Patch.is_touched or visitor.app not in STRANGERS:
        drawn = visitor.get("/login").form("/login").drawn()
        if Patch.is_touched:
            return drawn
        STRANGERS[visitor.app] = visitor.client.get_cookie(SESSION).value, drawn
    cookie, drawn = STRANGERS[visitor.app]
    visitor.client.set_cookie(SESSION, cookie)
    return drawn


class Visitor:
    def __init__(self, app):
        self.app = app
        self.client = app.test_client()
        self.seen = None, None

    def get(self, url, expect=200, *, follow=False, headers=None, most=MOST_STATEMENTS, **query):
        """`most` is how many SQL statements the page may make."""
        page = self._ask("GET", url, most, query_string=query or None, headers=headers)
        return self._follow(page, follow=follow).expecting(expect)

    def post(self, url, expect=200, *, via=None, follow=True, headers=None, **form):
        """Fill the form to `url` that stands on the page `via` (`url` itself if not named).

        Where the person is not shown that form, the bare fields are sent with a good token, as a
        person who knows the address would.
        """
        shown = self._ask("GET", via or url)
        filled = shown.form(url).filled(form) if shown.has_form(url) else self.bare(form)
        return self.send(url, expect, follow=follow, headers=headers, **filled)

    def send(self, url, expect=200, *, follow=True, headers=None, **form):
        """Send exactly these fields; a value of (file, name) makes it an upload."""
        data = {name: value for name, value in form.items() if value is not None}
        page = self._ask("POST", url, data=data, headers=headers)
        return self._follow(page, follow=follow).expecting(expect)

    def sign(self, url, expect=200, **typed):
        """Sign the draft at `url` as a person does: the paper is shown first, as typed."""
        shown = self.get(url)
        form = shown.form(f"{url}/edit").filled(typed) if shown.has_form(f"{url}/edit") else {}
        paper = self.send(f"{url}/sign/confirm", **form)
        return self.send(f"{url}/sign", expect, **paper.form(f"{url}/sign").drawn())

    def reform(self, url, expect=200, **typed):
        """Merge or split the unit at `url` as a person does: what would change is shown first."""
        shown = self.post(f"{url}/check", via=url, **typed)
        return self.send(url, expect, **shown.form(url).drawn())

    def bare(self, form):
        """With a token: of the page seen last, while the visit is still the same one."""
        visit, shown = self.seen
        if shown is None or visit != self._visit():
            shown = self._ask("GET", "/")
        tokens = shown.tree.all("input", name="csrf_token") if shown.tree else []
        return form | ({"csrf_token": tokens[0]["value"]} if tokens else {})

    def _visit(self):
        cookie = self.client.get_cookie(SESSION)
        return cookie and cookie.value

    def _follow(self, page, *, follow):
        steps = 0
        while follow and page.status in REDIRECTS and steps < 5:
            page, steps = self._ask("GET", urljoin(page.url, page.location)), steps + 1
        return page

    def _ask(self, method, url, most=MOST_STATEMENTS, **request):
        unsaved = [*db.session.new, *db.session.dirty]
        assert not unsaved, f"the test holds unsaved rows: {unsaved}"
        db.session.rollback()
        alone = contextvars.Context()
        with counted() as statements:
            answer = alone.run(self.client.open, url, method=method, buffered=True, **request)
        answer.request.environ["wsgi.input"].close()  # a large form waits in a file of its own
        db.session.rollback()
        page = Page(method, url, answer, statements, most)
        if page.is_page and TOKEN in page.html:
            self.seen = self._visit(), page
        return page


class Statements(list):
    """Those that a page is counted by. `of_use`: written once a minute of use by the real clock,
    whichever page is asked then.
    """

    def __init__(self):
        super().__init__()
        self.of_use = []

    def note(self, _connection, _cursor, statement, *_rest):
        begins = statement.lstrip().upper().startswith
        if begins(OF_USE):
            self.of_use.append(statement)
        elif not begins(NOT_COUNTED):
            self.append(statement)


@contextmanager
def counted():
    """The SQL statements that run meanwhile."""
    statements = Statements()

    event.listen(db.engine, "before_cursor_execute", statements.note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", statements.note)


class Page:
    """One answer. `text` is what a person reads, `html` what was sent."""

    def __init__(self, method, url, answer, statements, most=MOST_STATEMENTS):
        self.method, self.url, self.answer, self.most = method, url, answer, most
        self.status = answer.status_code
        self.location = answer.headers.get("Location", "")
        self.statements = statements
        is_drawn = answer.mimetype == HTML and self.status not in REDIRECTS
        self.is_page = is_drawn and bool(self.html.strip())
        if self.is_page:
            self._check()

    @cached_property
    def html(self):
        return self.answer.get_data(as_text=True)

    @cached_property
    def tree(self):
        return parse(self.html) if self.is_page else None

    def _check(self):
        said = "\n".join(faults_once(self.html, lambda: self.tree))
        assert not said, f"{self.method} {self.url} answered {self.status}:\n{said}\n\n{self.html}"
        if self.method == "GET":
            many = "\n".join(self.statements)
            assert len(self.statements) <= self.most, f"{self.url} asked:\n{many}"

    def expecting(self, status):
        assert self.status == status, (
            f"{self.method} {self.url} answered {self.status}, not {status}"
            f" {self.location}\n{self.text}"
        )
        return self

    @property
    def json(self):
        return self.answer.get_json()

    @property
    def text(self):
        return self.tree.text if self.tree else ""

    @property
    def heading(self):
        return self.tree.one("h1").text

    @property
    def links(self):
        return {node["href"] for node in self.tree.all("a", href=True)}

    def rows(self, table=0):
        """The cells of the body rows of one table, as text."""
        body = self.tree.all("table")[table].all("tbody")
        return [[cell.text for cell in row.all("td", "th")] for row in body[0].all("tr")]

    def error(self, name):
        """What the page says is wrong at one field; empty where nothing is."""
        fields = self.tree.all("input", "select", "textarea", name=name)
        ids = (fields[0]["aria-describedby"] or "").split() if fields else []
        said = [node for node in self.tree.walk() if node["id"] in ids and "error" in node["id"]]
        return " ".join(node.text for node in said)

    def has_form(self, url):
        return self.tree is not None and bool(self._forms(url))

    def form(self, url):
        forms = self._forms(url)
        assert len(forms) == 1, f"{len(forms)} forms to {url} on {self.url}"
        return Form(forms[0])

    def _forms(self, url):
        wanted = urlsplit(url).path
        return [
            form
            for form in self.tree.all("form")
            if (form["method"] or "").lower() == "post"
            and urlsplit(urljoin(self.url, form["action"] or "")).path == wanted
        ]


class Form:
    """A form as it was drawn: what it would send untouched, and what it lets one fill in."""

    def __init__(self, node):
        self.node = node

    @property
    def names(self):
        fields = self.node.all("input", "select", "textarea", "button", name=True)
        return {field["name"] for field in fields}

    def drawn(self):
        """The values a browser would send if the person changed nothing."""
        values = {}
        for field in self.node.all("input", "select", "textarea", name=True):
            for value in _sent(field):
                values.setdefault(field["name"], []).append(value)
        return {name: held[0] if len(held) == 1 else held for name, held in values.items()}

    def filled(self, form):
        unknown = {name for name in form if name not in self.names}
        assert not unknown, f"the form has no {sorted(unknown)}, only {sorted(self.names)}"
        return self.drawn() | form


def _sent(field):
    if "disabled" in field.attributes:
        return []
    if field.tag == "textarea":
        return ["".join(field.strings())]
    if field.tag == "select":
        options = field.all("option")
        chosen = [option for option in options if "selected" in option.attributes]
        if not chosen and "multiple" not in field.attributes:
            chosen = options[:1]
        return [option.text if option["value"] is None else option["value"] for option in chosen]
    kind = (field["type"] or "text").lower()
    if kind in {"checkbox", "radio"}:
        value = "on" if field["value"] is None else field["value"]
        return [value] if "checked" in field.attributes else []
    return [] if kind in {"file", "submit", "button", "image", "reset"} else [field["value"] or ""]
