"""A notice."""

from datetime import date, datetime
from typing import Annotated

from issues.ground.shape import Shape
from issues.vocabulary import NoticeKind, NoticeStatus


class Notice(Shape, heading="督办文书"):
    id: Annotated[int, "标识"]
    version: Annotated[int, "版本，即 ETag"]
    kind: Annotated[NoticeKind, "种类"]
    status: Annotated[NoticeStatus, "状态"]
    number: Annotated[str | None, "文号"]
    title: Annotated[str, "标题"]
    issues: Annotated[list[Annotated[str, "编号"]], "所涉事项"]
    trigger: Annotated[str, "起因"]
    unit: Annotated[str, "主送单位"]
    signed_on: Annotated[date | None, "签发日期"]
    sign_due: Annotated[date | None, "签收期限"]
    reply_due: Annotated[date | None, "答复期限"]
    acknowledged_at: Annotated[datetime | None, "签收时间"]
    replied_at: Annotated[datetime | None, "答复时间"]
    sha256: Annotated[str | None, "签发件摘要"]
