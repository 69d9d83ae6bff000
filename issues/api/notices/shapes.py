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


class Paragraph(Shape, heading="草稿的一段"):
    id: Annotated[str, "标识"]
    level: Annotated[int, "层级：0 正文，1 一、，2（一），3 1.，4（1）"]
    text: Annotated[str, "文字，不含编号"]
    record: Annotated[str | None, "记录现在写成的文字；没有记录的为空"]
    state: Annotated[
        str, "与记录的关系：kept 相同，edited 改写，added 自行增加，struck 删去，gone 记录已没有"
    ]
    struck: Annotated[bool, "是否删去，删去的不印"]
    source: Annotated[str, "模板的行和字段"]
    confirm: Annotated[str | None, "确认码：签发时在 confirmed 中逐处列出；与记录相同的为空"]


class Paragraphs(Shape, heading="草稿的各段"):
    items: Annotated[list[Paragraph], "按版面次序，含删去的"]
    annexes: Annotated[list[Annotated[str, "确认码"]], "自行增加的附件的确认码，按次序"]
