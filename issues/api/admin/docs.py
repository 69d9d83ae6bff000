"""The OpenAPI document, and the same as a page in Chinese that needs no script."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from flask import Blueprint, Response, current_app, jsonify, render_template

from issues.api.admin.shapes import OpenApi
from issues.api.openapi.bodies import BODY
from issues.api.openapi.described import describes
from issues.api.openapi.document import PREFIX, document
from issues.web.door.guards import signed_in

blueprint = Blueprint("reader", __name__)
pages = Blueprint("api_docs", __name__)

TAG = "接口说明"
TYPES = {
    "string": "文字", "integer": "整数", "number": "数字", "boolean": "是否", "array": "列表",
    "object": "一组", "null": "空",
}  # fmt: skip
FORMATS = {"date": "日期", "date-time": "时间"}
MOST_CODES = 40


class Line(NamedTuple):
    """One name of a body or an answer. `depth` tells how far below the top it stands."""

    depth: int
    name: str
    kind: str
    is_required: bool
    label: str
    codes: list[str]


@blueprint.get("/openapi.json")
@describes(TAG, "本文档（OpenAPI 3.1）", answer=OpenApi)
@signed_in
def openapi() -> Response:
    return jsonify(made())


@pages.get("/api/docs")
@signed_in
def docs() -> str:
    whole = made()
    return render_template(
        "api/docs.html",
        info=whole["info"],
        prefix=PREFIX,
        groups=list(_groups(whole)),
        shapes=[(name, schema.get("title", ""), list(lines(schema)))
                for name, schema in whole["components"]["schemas"].items()
                if not name.startswith(BODY)],
        acts=[(name.removeprefix(BODY), schema["title"], list(lines(schema)))
              for name, schema in whole["components"]["schemas"].items()
              if name.startswith(BODY)],
    )  # fmt: skip


def made() -> dict[str, Any]:
    """The document of this app, made once: routes and fields do not change while it runs."""
    known = current_app.extensions.get("openapi")
    if known is None:
        known = current_app.extensions["openapi"] = document(current_app)
    return known


def _groups(whole: Mapping[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for tag in whole["tags"]:
        calls = [
            _told(path, method, operation)
            for path, operations in whole["paths"].items()
            for method, operation in operations.items()
            if tag["name"] in operation["tags"]
        ]
        yield tag["name"], calls


def _told(path: str, method: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {})
    schemas = [part["schema"] for part in body.values()]
    status, answer = next(iter(operation["responses"].items()))
    answers = [part["schema"] for part in answer["content"].values()]
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "parameters": operation["parameters"],
        "body": list(lines(schemas[0])) if schemas and "properties" in schemas[0] else [],
        "is_act": bool(schemas and "anyOf" in schemas[0]),
        "sends": next(iter(body), ""),
        "status": status,
        "answer": _name_of(answers[0]),
        "refusals": sorted(code for code in operation["responses"] if code != status),
    }


def _name_of(schema: Mapping[str, Any]) -> tuple[str, bool]:
    """The named shape an answer is made of, and whether it is a page of a list of them."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2], False
    items = schema.get("properties", {}).get("items", {}).get("items", {})
    return (_name_of(items)[0], True) if items else ("", False)


def lines(schema: Mapping[str, Any], depth: int = 0) -> Iterator[Line]:
    """Every name of a group, those of groups below it after it."""
    required = schema.get("required", ())
    for name, one in schema.get("properties", {}).items():
        below = _below(one)
        codes = [str(code) for code in below.get("enum", one.get("enum", ())) if code is not None]
        label = one.get("title", "")
        yield Line(depth, name, _kind(one), name in required, label, _some(codes))
        yield from lines(below, depth + 1)


def _some(codes: list[str]) -> list[str]:
    """The first of a long list, and how many there are."""
    rest = [f"…共{len(codes)}个"] if len(codes) > MOST_CODES else []
    return codes[:MOST_CODES] + rest


def _below(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The group inside a list or beside a null; the schema itself where there is none."""
    schema = schema.get("items", schema)
    return schema["anyOf"][0] if "anyOf" in schema else schema


def _kind(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "anyOf" in schema:
        return f"{_kind(schema['anyOf'][0])}或空"
    types = schema.get("type", "object")
    names = [types] if isinstance(types, str) else types
    first, *further = (TYPES[name] for name in names)
    words = [FORMATS.get(schema.get("format", ""), first), *further]
    return "或".join(words)
