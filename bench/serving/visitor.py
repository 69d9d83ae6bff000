"""A keep-alive connection that signs in as a person does and keeps its cookie."""

import re
from collections.abc import Mapping
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
FORM = "application/x-www-form-urlencoded"
SEE_OTHER = (302, 303)
PATIENCE = 60


class Visitor:
    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.cookies: SimpleCookie = SimpleCookie()

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes]:
        """Status and body, read to the end."""
        sent = dict(headers or {})
        if self.cookies:
            held = (f"{name}={morsel.value}" for name, morsel in self.cookies.items())
            sent["Cookie"] = "; ".join(held)
        self.connection.request(method, path, body, sent)
        answer = self.connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.load(line)
        return answer.status, answer.read()

    def sign_in(self, name: str, password: str) -> None:
        _, page = self.ask("GET", "/login")
        token = TOKEN.search(page.decode()).group(1)
        form = urlencode({"csrf_token": token, "username": name, "password": password})
        status, _ = self.ask("POST", "/login", form.encode(), {"Content-Type": FORM})
        if status not in SEE_OTHER:
            raise RuntimeError(f"signing in as {name} was answered with {status}")
