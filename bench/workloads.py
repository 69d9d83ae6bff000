"""What is measured: for each workload the requests one client sends, one after another."""

import io
import json
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from PIL import Image

MEBIBYTE = 1024 * 1024
BOUNDARY = "bench-boundary"
WORDS = ("污水", "垃圾", "扬尘", "噪声", "整治", "排查", "管网", "养殖")
BUSY = 60
SPREAD = 7919
GOOD = frozenset({200, 201})
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


Asking = Callable[[int, Mapping[str, Any]], Request | None]


@dataclass(frozen=True, slots=True)
class Workload:
    """`request(n, facts)` is the n-th request of a run; no two runs share their numbers.

    None where there is nothing left to ask. `limit` names the workload that none of its kind can
    be faster than.
    """

    name: str
    label: str
    server: str
    request: Asking
    person: str | None = None
    limit: str = ""


def _same(path: str) -> Asking:
    return lambda _n, _facts: Request("GET", path)


def _ticket(n: int, facts: Mapping[str, Any]) -> Request:
    """The tickets people come back to between two acts."""
    numbers = facts["numbers"]
    return Request("GET", f"/issues/{numbers[n % min(len(numbers), BUSY)]}")


def _new_ticket(n: int, facts: Mapping[str, Any]) -> Request:
    """A ticket nobody opened since the last act; n grows in strides, so spread it."""
    numbers = facts["numbers"]
    return Request("GET", f"/issues/{numbers[n * SPREAD % len(numbers)]}")


def _register(n: int, _facts: Mapping[str, Any]) -> Request:
    return Request("GET", f"/issues?page={n % 40 + 1}" if n % 4 else "/issues")


def _search(n: int, _facts: Mapping[str, Any]) -> Request:
    return Request("GET", f"/issues?q={_quoted(WORDS[n % len(WORDS)])}")


def _quoted(word: str) -> str:
    return "".join(f"%{byte:02X}" for byte in word.encode())


def _past_board(n: int, facts: Mapping[str, Any]) -> Request:
    """Another day and another outlook each time, so that nothing kept can answer."""
    day = date.fromisoformat(facts["today"]) - timedelta(days=n % 300)
    return Request("GET", f"/board?on={day}&within={n % 89 + 1}")


def draft(n: int, deadline: str) -> dict[str, Any]:
    """What is said of a new ticket, with everything that assigning it asks for."""
    return {
        "source": "AF",
        "title": f"性能测试登记的问题{n}",
        "problem": "场镇污水管网破损渗漏，生活污水经雨水沟直排小溪河。",
        "region": "511902",
        "deadline": deadline,
        "primary_unit": "511902",
        "lead_unit": "511900-STHJ",
        "acceptance_unit": "511900-STHJ",
        "goal": "完成破损管网修复，污水全收集。",
        "criteria": "沿线无直排，水质达标。",
    }


def _create(n: int, facts: Mapping[str, Any]) -> Request:
    body = draft(n, facts["deadline"])
    sent = JSON | {"Authorization": f"Bearer {facts['token']}"}
    return Request("POST", "/api/v1/issues", json.dumps(body).encode(), sent)


def _upload(n: int, facts: Mapping[str, Any]) -> Request:
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="kind"\r\n\r\nother\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="p{n}.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    body = head.encode() + _photo_of(n, facts["photo"]) + f"\r\n--{BOUNDARY}--\r\n".encode()
    sent = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Authorization": f"Bearer {facts['token']}",
    }
    open_ones = facts["open"]
    number = open_ones[n % len(open_ones)]
    return Request("POST", f"/api/v1/issues/{number}/evidence", body, sent)


def _insert(n: int, _facts: Mapping[str, Any]) -> Request:
    return Request("POST", "/insert", json.dumps({"title": f"第{n}行"}).encode(), JSON)


def _act(name: str, detail: Mapping[str, Any], among: str) -> Asking:
    """The act on the next ticket of a list, by who may do it: once each, as long as there are."""

    def request(_n: int, facts: Mapping[str, Any]) -> Request | None:
        place = next(facts["serial"])
        if place >= len(facts[among]):
            return None
        number, token = facts[among][place]
        sent = JSON | {"Authorization": f"Bearer {token or facts['token']}"}
        path = f"/api/v1/issues/{number}/actions/{name}"
        return Request("POST", path, json.dumps(detail).encode(), sent)

    return request


def _keep(n: int, facts: Mapping[str, Any]) -> Request:
    return replace(_upload(n, facts), path="/keep")


def photo() -> bytes:
    """A JPEG of one mebibyte, as a phone makes it after shrinking."""
    side = 1024
    noise = Image.effect_noise((side, side), 90)
    picture = Image.merge("RGB", (noise, noise.rotate(90), noise.rotate(180)))
    kept = b""
    for quality in range(95, 20, -5):
        draft = io.BytesIO()
        picture.save(draft, "JPEG", quality=quality)
        kept = draft.getvalue()
        if len(kept) <= MEBIBYTE - 8:
            break
    return _commented(kept, b" " * min(65_000, MEBIBYTE - len(kept) - 4))


def _photo_of(n: int, base: bytes) -> bytes:
    """The same picture with bytes of its own."""
    return _commented(base, struct.pack(">Q", n))


def _commented(jpeg: bytes, comment: bytes) -> bytes:
    return jpeg[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + jpeg[2:]


REPORT = {"text": "本周完成管网修复八十米，清淤三处，其余路段下周进场。"}
CONFIRM = {"opinion": "情况属实，同意。"}
_ASSIGNING = _act("assign", {}, "drafts")
_REPORTING = _act("report_progress", REPORT, "working")
_CONFIRMING = _act("confirm_progress", CONFIRM, "reported")
WORKLOADS = (
    Workload("hello", "Flask 说一声 hello", "reference", _same("/hello")),
    Workload("rows", "Flask + SQLAlchemy 列 25 行", "reference", _same("/rows")),
    Workload("register", "台账", "product", _register, "sun"),
    Workload("ticket", "问题页", "product", _ticket, "sun"),
    Workload("ticket_new", "问题页（未打开过的）", "product", _new_ticket, "sun"),
    Workload("board", "看板", "product", _same("/board"), "sun"),
    Workload("board_past", "看板（每次换一天）", "product", _past_board, "sun"),
    Workload("search", "两字词检索", "product", _search, "sun"),
    Workload("insert", "Flask + SQLAlchemy 写一行", "reference", _insert),
    Workload("create", "接口登记问题", "product", _create, limit="insert"),
    Workload("assign", "接口交办", "product", _ASSIGNING, limit="insert"),
    Workload(
        "report",
        "接口填报进展",
        "product",
        _REPORTING,
        limit="insert",
    ),
    Workload(
        "confirm",
        "接口确认进展",
        "product",
        _CONFIRMING,
        limit="insert",
    ),
    Workload("keep", "Flask 收 1 MiB 并落盘", "reference", _keep),
    Workload("upload", "上传 1 MiB 照片", "product", _upload, limit="keep"),
)
BY_NAME = {workload.name: workload for workload in WORKLOADS}
