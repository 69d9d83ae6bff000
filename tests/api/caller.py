"""A program that calls the API with one person's token, each call in a context of its own."""

import contextvars
import io
import json
from urllib.parse import urlsplit

from page import counted
from people import CAST
from schema_check import faults
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException
from werkzeug.test import encode_multipart

from auth import people
from auth.actor import SYSTEM
from auth.models import User
from extensions import db, transaction
from issues.api.admin.docs import made
from issues.api.openapi.document import path_of

PREFIX = "/api/v1"
PROBLEM = "application/problem+json"


class Callers:
    """Callers by name, as the cast: `api.sun`, `api.chen`; `api.stranger` has no token."""

    def __init__(self, app, shelf=None):
        self._app = app
        self._shelf = shelf
        self._known = {}

    def __getattr__(self, name):
        if name not in CAST:
            raise AttributeError(name)
        if name not in self._known:
            self._known[name] = Caller(self._app, self._token(name))
        return self._known[name]

    @property
    def stranger(self):
        return Caller(self._app, None)

    def with_token(self, token):
        return Caller(self._app, token)

    def _token(self, name):
        def issued():
            with transaction():
                user = db.session.scalars(select(User).where(User.name == name)).one()
                return user, people.issue_token(SYSTEM, user.id)

        _, token = self._shelf.of(("token", name), issued) if self._shelf else issued()
        return token


class Caller:
    def __init__(self, app, token):
        self.client = app.test_client()
        self.token = token

    def get(self, path, expect=200, **given):
        return self.ask("GET", path, expect, **given)

    def post(self, path, body=None, expect=200, **given):
        return self.ask("POST", path, expect, json=body if body is not None else {}, **given)

    def patch(self, path, body, expect=200, **given):
        return self.ask("PATCH", path, expect, json=body, **given)

    def act(self, number, action, body=None, expect=200, **given):
        return self.post(f"/issues/{number}/actions/{action}", body, expect, **given)

    def upload(self, number, data, name, kind, expect=201, headers=None, **fields):
        """Encoded in memory: the test client would leave its temporary file open."""
        file = FileStorage(io.BytesIO(data), filename=name)
        boundary, body = encode_multipart({"kind": kind, "file": file, **fields})
        sent = {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}
        return self.ask("POST", f"/issues/{number}/evidence", expect, headers=headers, **sent)

    def ask(self, method, path, expect, headers=None, **given):
        headers = dict(headers or {})
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        url = path if path.startswith("/api") else PREFIX + path
        db.session.rollback()
        alone = contextvars.Context()
        with counted() as statements:
            answer = alone.run(
                self.client.open, url, method=method, headers=headers, buffered=True, **given
            )
        db.session.rollback()
        expected = expect if isinstance(expect, set) else {expect}
        assert answer.status_code in expected, (
            f"{method} {url} answered {answer.status_code}, not {expect}: "
            f"{answer.get_data(as_text=True)[:2000]}"
        )
        if answer.status_code >= 400:
            check_problem(answer)
        unlike = list(unlike_the_document(self.client.application, method, url, answer))
        assert unlike == [], f"{method} {url}: {unlike}"
        return Said(answer, statements)


class Said:
    """An answer: its headers, its JSON, and the statements it took."""

    def __init__(self, answer, statements):
        self.answer = answer
        self.headers = answer.headers
        self.status = answer.status_code
        self.data = answer.data
        self.statements = statements

    @property
    def json(self):
        return json.loads(self.answer.data)

    def __getitem__(self, name):
        return self.json[name]


def unlike_the_document(app, method, url, answer):
    """Where a JSON answer is not what the document says this call answers with this status."""
    with app.app_context():
        document = made()
    path = urlsplit(url).path
    try:
        rule, _ = app.url_map.bind("").match(path, method=method, return_rule=True)
    except HTTPException:
        return
    call = document["paths"].get(path_of(rule), {}).get(method.lower())
    if call is None or not answer.is_json:
        return
    said = call["responses"].get(str(answer.status_code))
    if said is None and answer.status_code < 400:
        yield f"the document knows no {answer.status_code} of this call"
    elif said is not None:
        schemas = said["content"]
        if answer.mimetype not in schemas:
            yield f"{answer.mimetype} is none of {list(schemas)}"
        else:
            schema = schemas[answer.mimetype]["schema"]
            yield from faults(answer.get_json(), schema, document)


def check_problem(answer):
    """RFC 9457, in Chinese."""
    assert answer.mimetype == PROBLEM, answer.get_data(as_text=True)
    said = answer.get_json()
    assert set(said) >= {"type", "title", "status", "detail", "errors"}
    assert said["status"] == answer.status_code
    assert any("一" <= sign <= "鿿" for sign in said["title"] + said["detail"])
    assert "Traceback" not in said["detail"]
