"""What a request says of the host it was sent to makes no address: one place may look at it."""

import ast
import re

import pytest
from tree import ROOT, faults_of, product, source

OF_THE_REQUEST = frozenset(
    {"host", "host_url", "url_root", "root_url", "url", "base_url", "scheme", "script_root"}
)
HEADERS = re.compile(r"HTTP_HOST|FORWARDED_(HOST|PREFIX)|X-Forwarded-(Host|Prefix)|SERVER_NAME")
LOOKS = {
    "issues.web.door.admission": "a form sent from another site is refused by its origin",
    "issues.web.door.requests": "takes over or removes what proxies say, and whether there is one",
    "issues.web.door.addresses": "makes every address that leaves the system, from PUBLIC_URL",
}


def asks_the_request(one):
    """`request.host` and its like by any name, an `_external` link, or the bare header."""
    if one.name in LOOKS:
        return
    for node in ast.walk(one.tree):
        if isinstance(node, ast.Attribute) and node.attr in OF_THE_REQUEST:
            if _last_name(node.value) in {"request", "_request"}:
                yield f"line {node.lineno} reads request.{node.attr}"
        elif isinstance(node, ast.keyword) and node.arg in {"_external", "_scheme"}:
            yield f"line {node.value.lineno} makes an address of the request"
        elif isinstance(node, ast.Constant) and HEADERS.search(str(node.value)):
            yield f"line {node.lineno} names a header of the request's host"


def _last_name(node):
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


BAD = [
    'x = request.host_url + "verify"',
    "x = flask.request.url_root",
    'x = url_for("verify.page", token=token, _external=True)',
    'x = environ["HTTP_HOST"]',
    'x = request.headers["X-Forwarded-Host"]',
]


@pytest.mark.parametrize("text", BAD)
def test_the_check_finds_a_planted_fault(text):
    assert list(asks_the_request(source("issues/web/board/wall.py", text)))


@pytest.mark.parametrize("text", ['x = url_for("wall.page")', "x = settings.host", "x = other.url"])
def test_the_check_leaves_good_code_alone(text):
    assert not list(asks_the_request(source("issues/web/board/wall.py", text)))


def test_no_address_comes_from_a_request():
    assert faults_of(asks_the_request, product()) == []


def test_no_template_makes_an_address_of_the_request():
    asking = re.compile(r"_external|request\.(host|url|base_url|root_url|scheme)")
    found = [
        path.name
        for path in (ROOT / "templates").rglob("*.*")
        if asking.search(path.read_text(encoding="utf-8"))
    ]

    assert found == []
