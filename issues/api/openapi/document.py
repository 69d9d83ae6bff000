"""OpenAPI 3.1, made from the routes that are really served and from what each says of itself."""

import re
from collections.abc import Iterator
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from issues.api.openapi import bodies
from issues.api.openapi.components import Answer, components, schema_of
from issues.api.openapi.described import ANY_BYTES, Call, call_of
from issues.web.door.answers.errors import PROBLEM, Problem

PREFIX = "/api/v1"
VERSION = "1.0"
PARAMETER = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
REFUSALS = {
    "400": "请求无法识别",
    "401": "没有有效的令牌或登录",
    "403": "看得见，但不归您办理",
    "404": "不存在，或不在查看范围内",
    "406": "不支持要求的返回格式",
    "429": "一秒内调用过多，见 Retry-After",
    "500": "系统出错",
}
OF_A_CHANGE = {
    "409": "现在的状态不能这样办理，或刚被他人更改",
    "413": "内容过大",
    "415": "不支持的内容类型",
    "422": "内容不全或有误，errors 按字段说明",
}
SUMMARY = (
    "与网页同一套办理动作、查询和权限。请求头 Authorization: Bearer <令牌>。"
    "日期写作 2025-11-25，时间按 RFC 3339 带时差；坐标为 WGS-84。"
    "没有的字段一律拒绝（422）。列表用 after 和 limit 翻页。"
    "事项的 ETag 是其版本；改动时带 If-Match，版本不符答 412。"
    "POST 可带 Idempotency-Key:24 小时内同一标识只办理一次，再次发送得到第一次的回答。"
)


def document(app: Flask) -> dict[str, Any]:
    """The whole document; the same at every call."""
    paths: dict[str, dict[str, Any]] = {}
    for rule, method, call in calls(app):
        paths.setdefault(path_of(rule), {})[method.lower()] = _operation(rule, method, call)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "突出生态环境问题整改督办接口",
            "version": VERSION,
            "description": SUMMARY,
        },
        "servers": [{"url": PREFIX}],
        "security": [{"token": []}],
        "tags": [{"name": tag} for tag in _tags(app)],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {**components(*_shapes(app)), **bodies.of_acts()},
            "responses": {"Problem": _problem("不能办理")},
        },
    }


def calls(app: Flask) -> Iterator[tuple[Rule, str, Call]]:
    """Every described route and method of the API, in the order they were declared."""
    for rule in app.url_map.iter_rules():
        call = call_of(app.view_functions.get(rule.endpoint))
        if call is None or not rule.rule.startswith(f"{PREFIX}/"):
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method, call


def _shapes(app: Flask) -> list[Answer]:
    """What is answered at all, refusals last."""
    return [*(call.answer for _, _, call in calls(app) if call.answer is not None), Problem]


def path_of(rule: Rule) -> str:
    return PARAMETER.sub(r"{\2}", rule.rule.removeprefix(PREFIX))


def _tags(app: Flask) -> list[str]:
    return list(dict.fromkeys(call.tag for _, _, call in calls(app)))


def _operation(rule: Rule, method: str, call: Call) -> dict[str, Any]:
    changes = method != "GET"
    operation = {
        "operationId": f"{method.lower()}_{rule.endpoint.removeprefix('api.').replace('.', '_')}",
        "tags": [call.tag],
        "summary": call.summary,
        "parameters": [*_in_path(rule), *_in_query(call), *_in_header(method, call)],
        "responses": {
            str(call.status): _answer(call),
            **{status: _problem(said) for status, said in _refusals(changes, call).items()},
        },
    }
    if call.is_public:
        operation["security"] = []
    if call.body is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {call.sends: {"schema": bodies.confirmable(call.body)}},
        }
    return operation


def _refusals(changes: bool, call: Call) -> dict[str, str]:  # noqa: FBT001 - read once, above
    more = OF_A_CHANGE if changes else {"422": "查询参数有误"} if call.query else {}
    stale = {"412": "If-Match 的版本已不是最新"} if changes and call.is_versioned else {}
    return dict(sorted((REFUSALS | more | stale).items()))


def _answer(call: Call) -> dict[str, Any]:
    is_bytes = {"type": "string", "format": "binary"}
    schema = is_bytes if call.answer is None else schema_of(call.answer)
    content = {call.answers or ANY_BYTES: {"schema": schema}}
    answer: dict[str, Any] = {"description": "完成", "content": content}
    if call.is_versioned:
        answer["headers"] = {"ETag": {"description": "事项的版本", "schema": {"type": "string"}}}
    return answer


def _problem(said: str) -> dict[str, Any]:
    return {"description": said, "content": {PROBLEM: {"schema": schema_of(Problem)}}}


def _in_path(rule: Rule) -> Iterator[dict[str, Any]]:
    for converter, name in PARAMETER.findall(rule.rule):
        kind = "integer" if converter == "int" else "string"
        yield {"name": name, "in": "path", "required": True, "schema": {"type": kind}}


def _in_query(call: Call) -> Iterator[dict[str, Any]]:
    for name, (kind, meaning) in call.query.items():
        schema = {"type": "string", "format": "date"} if kind == "date" else {"type": kind}
        yield {"name": name, "in": "query", "description": meaning, "schema": schema}


def _in_header(method: str, call: Call) -> Iterator[dict[str, Any]]:
    text = {"type": "string"}
    if method != "GET" and call.is_versioned:
        said = "您读到的 ETag；不符答 412"
        yield {"name": "If-Match", "in": "header", "description": said, "schema": text}
    if method == "POST":
        said = "24 小时内同一标识只办理一次"
        yield {"name": "Idempotency-Key", "in": "header", "description": said, "schema": text}
