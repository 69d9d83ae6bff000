"""Files as proof and what is doubted of them, monitoring readings, the originals of complaints."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from issues.ground.shape import Shape
from issues.vocabulary import (
    ContradictionKind,
    ContradictionState,
    EvidenceKind,
    FlagKind,
    Ruling,
    SourceKind,
    Verdict,
)


class Flag(Shape, heading="疑点"):
    kind: Annotated[FlagKind, "疑点"]
    with_: Annotated[str | None, "与哪份材料或事项"]
    because: Annotated[str, "原因"]
    ruling: Annotated[Ruling | None, "认定"]


class Evidence(Shape, heading="佐证材料"):
    id: Annotated[int, "标识"]
    kind: Annotated[EvidenceKind, "类别"]
    version: Annotated[int, "版本"]
    name: Annotated[str, "文件名"]
    size: Annotated[int, "字节数"]
    sha256: Annotated[str, "摘要"]
    taken_at: Annotated[str | None, "拍摄时间（相机本地时间）"]
    uploaded_at: Annotated[datetime, "上传时间"]
    by: Annotated[str, "上传人"]
    flags: Annotated[list[Flag] | None, "疑点，只对审核人员显示"] = None


class Source(Shape, heading="矛盾的一处来源"):
    source: Annotated[SourceKind, "来源的种类"]
    id: Annotated[int, "来源的标识；事项登记和备注为0"]
    name: Annotated[str, "来源的名称"]
    text: Annotated[str, "所在的一句"]
    mark: Annotated[str, "其中不一致的部分"]


class Contradiction(Shape, heading="矛盾线索"):
    id: Annotated[int, "标识"]
    kind: Annotated[ContradictionKind, "种类"]
    because: Annotated[str, "不一致之处和算式"]
    one: Annotated[Source, "一处来源"]
    other: Annotated[Source, "另一处来源"]
    found_at: Annotated[datetime, "发现时间"]
    state: Annotated[ContradictionState, "状态"]
    verdict: Annotated[Verdict | None, "判断"]
    reason: Annotated[str | None, "判断的理由"]


class Reading(Shape, heading="监测数据"):
    id: Annotated[int, "标识"]
    pollutant: Annotated[str, "监测项目"]
    value: Annotated[Decimal, "数值"]
    unit_of_value: Annotated[str, "单位"]
    low: Annotated[Decimal | None, "下限"]
    high: Annotated[Decimal | None, "上限"]
    is_within: Annotated[bool, "是否达标"]
    sampled_on: Annotated[date, "采样日期"]
    point: Annotated[str, "监测点位"]
    laboratory: Annotated[str, "监测单位"]
    evidence: Annotated[int | None, "所在的监测报告"]
    target: Annotated[int | None, "对照的目标"]
    corrects: Annotated[int | None, "更正的是哪一条"]
    entered_at: Annotated[datetime, "登记时间"]
    confirmed_at: Annotated[datetime | None, "确认时间，确认后才计入"]
    confirmed_by: Annotated[str | None, "确认人"]
    withdrawn_at: Annotated[datetime | None, "撤回时间"]
    withdraw_reason: Annotated[str | None, "撤回的理由"]


class ComplaintOriginal(Shape, heading="信访件原件"):
    id: Annotated[int, "标识"]
    name: Annotated[str | None, "文件名随原件一起打开，这里总是空的"]
    size: Annotated[int, "字节数"]
    uploaded_at: Annotated[datetime, "存入时间"]
    by: Annotated[str, "存入人"]
