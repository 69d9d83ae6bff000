"""A notice."""

from datetime import date, datetime
from typing import Annotated

from issues.ground.shape import Shape
from issues.vocabulary import NoticeKind, NoticeStatus
from issues.vocabulary.supervision import AnswerState


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
    form: Annotated[str | None, "自拟文书、专报的形式，如 letter、minutes、report"]
    recipients: Annotated[list[Annotated[str, "单位代码"]], "选定的主送单位，没有选时为空"]
    partners: Annotated[list[Annotated[str, "全称"]], "联合行文机关"]


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


class NoticePoint(Shape, heading="文书要求"):
    no: Annotated[int, "序号"]
    text: Annotated[str, "要求"]
    due: Annotated[date | None, "完成时限"]
    standing: Annotated[str, "答复情况，如页面所示；不逐项答复的文书为空"]
    is_owed: Annotated[bool, "尚待答复"]
    state: Annotated[AnswerState | None, "done 已完成，by 限期完成；未答复或以文字一并答复的为空"]
    by: Annotated[date | None, "答复的完成日期"]
    answer: Annotated[str, "说明"]
    evidence: Annotated[list[Annotated[int, "标识"]], "佐证材料"]
    returned: Annotated[str, "退回理由"]


class NoticePoints(Shape, heading="文书的各项要求"):
    items: Annotated[list[NoticePoint], "各项要求"]


class Entry(Shape, heading="发文登记"):
    id: Annotated[int, "标识"]
    number: Annotated[str, "文号"]
    kind: Annotated[NoticeKind, "种类"]
    name: Annotated[str, "文书名称"]
    status: Annotated[NoticeStatus, "状态"]
    title: Annotated[str, "标题"]
    signed_on: Annotated[date | None, "签发日期"]
    signer: Annotated[str, "签发人"]
    addressee: Annotated[str, "主送；专报为空"]
    issues: Annotated[list[Annotated[str, "编号"]], "所涉事项"]
    sign_due: Annotated[date | None, "签收期限"]
    acknowledged_at: Annotated[datetime | None, "签收时间"]
    reply_due: Annotated[date | None, "答复期限"]
    replied_at: Annotated[datetime | None, "答复时间"]
    points: Annotated[str, "各项要求的答复情况；不逐项答复的为空"]
    void_reason: Annotated[str, "作废理由"]
    sha256: Annotated[str | None, "签发件摘要"]


class Series(Shape, heading="编号序列"):
    prefix: Annotated[str, "代字和年份"]
    year: Annotated[int, "年度"]
    last: Annotated[int, "已取到的末号"]
    used: Annotated[int, "有文书的件数"]
    void: Annotated[list[Annotated[int, "序号"]], "作废的序号"]
    missing: Annotated[list[Annotated[int, "序号"]], "没有文书的序号，应为空"]
    beyond: Annotated[list[Annotated[int, "序号"]], "超出编号记录的序号，应为空"]
    is_whole: Annotated[bool, "是否连续"]
