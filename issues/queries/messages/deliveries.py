"""What was to be told outside, line by line: to what kind of channel, how far it has come.

No contents, and no address but as it is shown masked.
"""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, case, select

from auth.models import Unit, User
from issues.messages.addresses import CODE, TEST
from issues.messages.telling import OF_MESSAGE
from issues.models import Address, Message, Outbox, Webhook
from issues.vocabulary import DeliveryState, MessageEvent

SORTS = {CODE: "验证码", TEST: "测试消息"}


class Delivery(NamedTuple):
    """`what` names the event, `whom` the reader; `may_retry` where it did not arrive."""

    id: int
    whom: str
    channel: str
    what: str
    written_at: datetime
    attempts: int
    state: DeliveryState
    fault: str
    sent_at: datetime | None

    @property
    def may_retry(self) -> bool:
        return self.state in {DeliveryState.AGAIN, DeliveryState.ENDED}


def deliveries(state: DeliveryState | None, webhook_id: int | None = None) -> Select[Any]:
    """The newest first."""
    rows = (
        select(
            Outbox.id, Outbox.about, Outbox.written_at, Outbox.attempts, Outbox.sent_at,
            Outbox.fault, Outbox.notice_id, _state().label("state"),
            User.display_name, Unit.short_name, Address.kind, Address.shown,
            Webhook.name.label("system"), Webhook.host, Message.event,
        )
        .outerjoin(Address, Address.id == Outbox.address_id)
        .outerjoin(User, User.id == Address.user_id)
        .outerjoin(Unit, Unit.id == Address.unit_id)
        .outerjoin(Webhook, Webhook.id == Outbox.webhook_id)
        .outerjoin(Message, Message.id == Outbox.message_id)
        .order_by(Outbox.id.desc())
    )  # fmt: skip
    if webhook_id is not None:
        rows = rows.where(Outbox.webhook_id == webhook_id)
    return rows if state is None else rows.where(_state() == state.value)


def _state() -> Any:
    return case(
        (Outbox.sent_at.is_not(None), DeliveryState.SENT.value),
        (Outbox.ended_at.is_not(None), DeliveryState.ENDED.value),
        (Outbox.fault != "", DeliveryState.AGAIN.value),
        else_=DeliveryState.WAITING.value,
    )


def delivery(row: Any) -> Delivery:
    return Delivery(
        row.id, _whom(row), _channel(row), _what(row), row.written_at, row.attempts,
        DeliveryState(row.state), row.fault, row.sent_at,
    )  # fmt: skip


def _whom(row: Any) -> str:
    if row.system is not None:
        return str(row.system)
    if row.short_name is not None:
        return f"{row.short_name}（群）"
    return row.display_name or "全系统渠道"


def _channel(row: Any) -> str:
    if row.host is not None:
        return f"事件推送 {row.host}"
    return row.shown or "—"


def _what(row: Any) -> str:
    if row.notice_id is not None:
        return MessageEvent.NOTICE.label
    if row.about == OF_MESSAGE and row.event is not None:
        return str(row.event.label)
    if row.host is not None:
        event = MessageEvent.of(row.about.partition("-")[0])
        return event.label if event else row.about
    return SORTS.get(row.about, row.about)
