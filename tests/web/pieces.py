"""A file sent piece by piece, as the script of the page sends it."""

import contextvars
import hashlib

from extensions import db


class Sender:
    """What sending.js does."""

    def __init__(self, browser, issue, who="chen"):
        self.visitor = browser.as_(who)
        self.base = f"/issues/{issue.number}/evidence/parts"
        self.token = self.visitor.bare({})["csrf_token"]
        self.part = None

    def ask(self, method, path="", expect=200, **request):
        headers = {"X-CSRFToken": self.token, "Accept": "application/json"}
        ask, url = self.visitor.client.open, self.base + path
        db.session.rollback()
        answer = contextvars.Context().run(ask, url, method=method, headers=headers, **request)
        db.session.rollback()
        assert answer.status_code == expect, answer.get_data(as_text=True)
        return answer.get_json()

    def begin(self, data, name, expect=201):
        said = self.ask("POST", expect=expect, data={"name": name, "size": len(data)})
        self.part = said.get("part")
        return said

    def piece(self, data, at, expect=200):
        return self.ask("POST", f"/{self.part}?at={at}", expect, data=data)

    def come(self, expect=200):
        return self.ask("GET", f"/{self.part}", expect)

    def finish(self, data, expect=200, **words):
        form = {"kind": "after", "sha256": hashlib.sha256(data).hexdigest()} | words
        return self.ask("POST", f"/{self.part}/finish", expect, data=form)


class Stager(Sender):
    """What files.js does: a file waits for the form at `form`, and the form carries its word."""

    def __init__(self, browser, form, who="chen"):
        self.visitor, self.form = browser.as_(who), form
        self.base, self.part = "/staged", None
        self.token = self.visitor.bare({})["csrf_token"]

    def begin(self, data, name, expect=201):
        said = {"form": self.form, "name": name, "size": len(data)}
        told = self.ask("POST", expect=expect, data=said)
        self.part = told.get("part")
        return told

    def finish(self, data, expect=200, **words):
        form = {"sha256": hashlib.sha256(data).hexdigest()} | words
        return self.ask("POST", f"/{self.part}/finish", expect, data=form)

    def put(self, data, name, **words):
        """The word of a file that waits."""
        self.begin(data, name)
        self.piece(data, 0)
        return self.finish(data, **words)["staged"]
