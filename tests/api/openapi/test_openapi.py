"""The document describes every route that is served and every body that is taken, and no others."""

import re

import pytest
from markup import parse
from page_checks import ANY_PIECE, WHOLE_PAGE, no_code_is_shown
from schema_check import faults, malformed

from issues.act_fields import FIELDS, fields_of
from issues.api.admin.shapes import Unit
from issues.api.openapi.components import schema_of
from issues.ground.secrecy.marking import CONFIRMED
from issues.ground.shape import Shape
from issues.vocabulary import Action

PREFIX = "/api/v1"


def served(app):
    """(path, method) of every route under the prefix."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(f"{PREFIX}/"):
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix(PREFIX))
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                yield path, method.lower()


def test_the_document_lists_exactly_the_routes_that_are_served(app, api):
    document = api.sun.get("/openapi.json").json
    described = {(path, method) for path, one in document["paths"].items() for method in one}

    assert described == set(served(app))
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": PREFIX}]


def test_every_call_of_the_interface_is_there(api):
    paths = api.sun.get("/openapi.json")["paths"]

    assert set(paths) >= {
        "/issues", "/issues/{number}", "/issues/{number}/actions",
        "/issues/{number}/actions/{action}", "/issues/{number}/evidence",
        "/issues/{number}/evidence/{evidence_id}/file", "/issues/{number}/history",
        "/issues/{number}/firings", "/issues/{number}/complainant", "/board", "/policy",
        "/policies/{number}", "/units", "/notices", "/notices/{notice_id}",
        "/notices/{notice_id}.pdf", "/notices/{notice_id}/actions/{action}", "/lookbacks",
    }  # fmt: skip
    assert set(paths["/issues/{number}"]) == {"get", "patch"}


def test_every_act_has_its_body_with_exactly_its_fields(api):
    schemas = api.sun.get("/openapi.json")["components"]["schemas"]

    for action in FIELDS:
        body = schemas[f"Body_{action.value}"]
        assert list(body["properties"]) == [
            *(field.name for field in fields_of(action)), CONFIRMED
        ]  # fmt: skip
        needed = [field.name for field in fields_of(action) if field.required]
        assert body.get("required", []) == needed
        assert body["additionalProperties"] is False


def test_the_document_is_well_formed(api):
    document = api.sun.get("/openapi.json").json
    said = []
    for name, schema in document["components"]["schemas"].items():
        said += malformed(schema, document, name)
    ids = []
    for path, operations in document["paths"].items():
        for operation in operations.values():
            ids.append(operation["operationId"])
            named = re.findall(r"{(\w+)}", path)
            told = [one["name"] for one in operation["parameters"] if one["in"] == "path"]
            assert told == named, path
            assert operation["summary"]
            assert set(operation["tags"]) <= {tag["name"] for tag in document["tags"]}
            assert {"401", "429"} <= set(operation["responses"])
            for answer in operation["responses"].values():
                assert answer["description"]
                for content in answer["content"].values():
                    said += malformed(content["schema"], document, path)
            for content in operation.get("requestBody", {}).get("content", {}).values():
                said += malformed(content["schema"], document, path)
    assert said == []
    assert len(ids) == len(set(ids))


def test_what_the_tests_send_fits_the_bodies(api):
    from drafts import DRAFT, PLAN  # noqa: PLC0415

    document = api.sun.get("/openapi.json").json
    for action, body in ((Action.REGISTER, DRAFT), (Action.SUBMIT_PLAN, PLAN)):
        schema = {"$ref": f"#/components/schemas/Body_{action.value}"}
        assert list(faults(body, schema, document)) == []
        assert list(faults(body | {"nonsense": 1}, schema, document)) != []


def test_a_problem_has_the_shape_the_document_promises(api):
    document = api.sun.get("/openapi.json").json
    schema = {"$ref": "#/components/schemas/Problem"}

    for said in (api.sun.get("/issues/x", 404), api.sun.post("/issues", {"source": "?"}, 422)):
        assert list(faults(said.json, schema, document)) == []


def test_the_readers_page_names_every_call_and_field_in_chinese(api):
    html = api.chen.get("/api/docs").data.decode()
    page = parse(html)

    for path in api.chen.get("/openapi.json")["paths"]:
        assert path in page.text, path
    for action in FIELDS:
        assert action.label in page.text
    for check in (*WHOLE_PAGE, *ANY_PIECE):
        if check is not no_code_is_shown:  # codes are what a caller sends
            assert list(check(page)) == []
    assert "http://" not in html
    assert "https://" not in html


def test_the_readers_page_asks_a_stranger_to_sign_in(browser):
    answer = browser.stranger.get("/api/docs", 302)

    assert answer.location.startswith("/login")


def test_every_view_declares_what_it_requires(app):
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            assert getattr(app.view_functions[rule.endpoint], "need", None), rule.rule


def test_a_caller_of_the_tests_sees_an_answer_the_document_does_not_promise(api, monkeypatch):
    monkeypatch.setattr(Unit, "document", lambda unit: {"code": unit.code})

    with pytest.raises(AssertionError, match="name is missing"):
        api.sun.get("/units")


def test_a_name_that_does_not_say_what_it_means_is_refused():
    class Silent(Shape):
        code: str

    with pytest.raises(TypeError, match=r"Silent\.code does not say what it means"):
        schema_of(Silent)
