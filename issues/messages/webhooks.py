"""Other systems that are told of events: kept, signed for, sent one line after another, replayed.

Only to hosts of the settings, encrypted or on this very machine. Never commits, but for sending.
"""

import hmac
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from requests import Session
from requests.exceptions import RequestException
from sqlalchemy import select

from auth.actor import Actor
from auth.doors.outbound import CONNECT_SECONDS, READ_SECONDS, is_safe, origin_of
from extensions import db
from issues import audit
from issues.ground import clock, outward
from issues.ground.present import present
from issues.ground.refusals import Incomplete, NotFound
from issues.ground.secrecy import sealing
from issues.messages.telling import channel_of
from issues.models import Outbox, Webhook
from issues.notices.delivery import outbox
from issues.rights.table import Right, holds
from issues.vocabulary import OWN_MATTERS, HookAct, MessageEvent, Subject

EVENTS = tuple(event for event in MessageEvent if event not in OWN_MATTERS)
MOST, MOST_AT_ONCE, MOST_TRIES = 20, 20, 12
LONGEST_NAME, LONGEST_URL = 40, 500
WELL = range(200, 300)
ENDED = "推送地址已停用"

Post = Callable[[str, bytes, str], bool]
"""Given address, body and signature; answers whether it was taken."""


class Target(NamedTuple):
    """Both open the far side: they are sealed, and neither logged nor shown again."""

    url: str
    secret: str


def all_of_them() -> list[Webhook]:
    rows = select(Webhook).order_by(Webhook.ended_at.is_not(None), Webhook.id.desc())
    return list(db.session.scalars(rows.limit(2 * MOST)))


def add(actor: Actor, name: str, url: str, events: Sequence[str]) -> tuple[Webhook, str]:
    """The row and its secret, which is told this once. Raises NotFound, Incomplete."""
    _require(actor)
    errors = dict(_faults(url, events))
    if len([one for one in all_of_them() if one.ended_at is None]) >= MOST:
        errors["name"] = [f"最多添加{MOST}个推送地址，请先停用不用的"]
    if errors:
        raise Incomplete(errors)
    target = Target(url, secrets.token_urlsafe(32))
    host = present(origin_of(url), "an address that was judged")[1]
    row = Webhook(
        name=name[:LONGEST_NAME], host=host[:120], events=list(events), sealed=b"", key_id="",
        made_at=clock.real_now(), made_by_id=actor.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _seal(row, target)
    audit.record(
        Subject.WEBHOOK, row.id, HookAct.OPEN, actor, at=clock.now(),
        reason=f"{row.name}，{row.host}", detail={"events": list(events)},
    )  # fmt: skip
    return row, target.secret


def _faults(url: str, events: Sequence[str]) -> Sequence[tuple[str, list[str]]]:
    found = []
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or not is_safe(url):
        found.append(("address", ["请填写以 https:// 开头的完整网址，不含账号和密码"]))
    elif not outward.is_open_to(url):
        found.append(("address", ["该主机不在允许外发的名单内，名单由运维人员在部署时设置"]))
    if not events or not {event.value for event in EVENTS}.issuperset(events):
        found.append(("events", ["请选择要推送的事件"]))
    return found


def end(actor: Actor, webhook_id: int) -> Webhook:
    row = _held(actor, webhook_id)
    if row.ended_at is None:
        row.ended_at, row.sealed, row.key_id = clock.real_now(), b"", ""
        outbox.end(Outbox.webhook_id == row.id, ENDED)
        audit.record(
            Subject.WEBHOOK, row.id, HookAct.END, actor, at=clock.now(), reason=row.name
        )  # fmt: skip
    return row


def replay(actor: Actor, webhook_id: int, line_id: int) -> Webhook:
    """One line once more, under the same id. Raises NotFound."""
    row = _held(actor, webhook_id)
    line = db.session.get(Outbox, line_id, with_for_update=True)
    if line is None or line.webhook_id != row.id or row.ended_at is not None:
        raise NotFound
    outbox.again(line)
    audit.record(
        Subject.WEBHOOK, row.id, HookAct.REPLAY, actor, at=clock.now(), reason=row.name,
        detail={"about": line.about},
    )  # fmt: skip
    return row


def _held(actor: Actor, webhook_id: int) -> Webhook:
    _require(actor)
    row = db.session.get(Webhook, webhook_id, with_for_update=True)
    if row is None:
        raise NotFound
    return row


def _require(actor: Actor) -> None:
    if not holds(actor, Right.OUTBOX):
        raise NotFound


def due(now: datetime) -> list[int]:
    rows = select(Outbox.webhook_id).where(
        outbox.is_waiting(), Outbox.next_at <= now, Outbox.webhook_id.is_not(None)
    )
    return [found for found in db.session.scalars(rows.distinct()) if found is not None]


def send(webhook_id: int, now: datetime, post: Post) -> int:
    """One line after another; the first that is not taken ends it for this time."""
    sent = 0
    for _ in range(MOST_AT_ONCE):
        row = db.session.get_one(Webhook, webhook_id)
        lines = outbox.claim(channel_of(row), now, most=1)
        if not lines:
            break
        row = db.session.get_one(Webhook, webhook_id)
        if row.ended_at is not None:
            outbox.end(Outbox.webhook_id == webhook_id, ENDED)
            break
        target, body = opened(row), next(iter(lines.values())).encode()
        db.session.rollback()
        taken = outward.is_open_to(target.url) and post(target.url, body, signed(target, body))
        outbox.mark(list(lines), now, delivered=taken, tries=MOST_TRIES)
        sent += taken
        if not taken:
            break
    return sent


def signed(target: Target, body: bytes) -> str:
    return f"sha256={hmac.new(target.secret.encode(), body, sha256).hexdigest()}"


def post(url: str, body: bytes, signature: str) -> bool:
    """To this address itself: nothing is followed, and what is answered is not read."""
    return outward.pass_out(lambda: _post(url, body, signature))


def _post(url: str, body: bytes, signature: str) -> bool:
    told = {"Content-Type": "application/json", "X-Signature": signature}
    with Session() as session:
        session.trust_env = False
        try:
            answer = session.post(
                url, data=body, headers=told, timeout=(CONNECT_SECONDS, READ_SECONDS),
                allow_redirects=False, stream=True,
            )  # fmt: skip
        except (RequestException, OSError):
            return False
        answer.close()
    return answer.status_code in WELL


def opened(row: Webhook) -> Target:
    """Raises CannotOpen."""
    return Target(*sealing.open_sealed(row.sealed, _place(row)).decode().split("\n"))


def reseal(row: Webhook) -> None:
    _seal(row, opened(row))


def _seal(row: Webhook, target: Target) -> None:
    row.sealed = sealing.seal("\n".join(target).encode(), _place(row))
    row.key_id = sealing.current_key()


def _place(row: Webhook) -> str:
    return f"webhook {row.id}"
