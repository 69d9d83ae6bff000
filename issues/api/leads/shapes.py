"""A lead, its reading and its pictures, and how many there are."""

from datetime import datetime
from typing import Annotated

from issues.ground.shape import Shape
from issues.vocabulary import LeadOrigin, LeadState


class LeadReading(Shape, heading="监测数据"):
    pollutant: Annotated[str, "监测项目"]
    value: Annotated[str, "监测值，十进制"]
    unit: Annotated[str, "监测值单位"]
    limit: Annotated[str | None, "限值，十进制"]


class LeadPicture(Shape, heading="线索图片"):
    name: Annotated[str, "文件名"]
    sha256: Annotated[str, "摘要"]


class Lead(Shape, heading="线索"):
    id: Annotated[int, "标识"]
    origin: Annotated[LeadOrigin, "来源"]
    origin_ref: Annotated[str | None, "来源编号"]
    at: Annotated[datetime, "发现时间"]
    received_at: Annotated[datetime, "收到时间"]
    due_at: Annotated[datetime, "研判时限"]
    urgent: Annotated[bool, "是否急办"]
    region: Annotated[str, "行政区域"]
    place: Annotated[str, "点位"]
    lon: Annotated[float | None, "经度（WGS-84）"]
    lat: Annotated[float | None, "纬度（WGS-84）"]
    subject_firm: Annotated[str, "责任主体"]
    text: Annotated[str, "线索内容"]
    pictures: Annotated[list[LeadPicture], "图片"]
    reading: Annotated[LeadReading | None, "监测数据"]
    state: Annotated[LeadState, "状态"]
    ticket: Annotated[str | None, "登记为或并入的事项编号"]
    reason: Annotated[str | None, "理由"]


class LeadCount(Shape, heading="线索数"):
    origin: Annotated[LeadOrigin | None, "来源；合计为空"]
    total: Annotated[int, "收到"]
    new: Annotated[int, "待研判"]
    overdue: Annotated[int, "超期未研判"]
    ticket: Annotated[int, "已登记为问题"]
    linked: Annotated[int, "已并入事项"]
    dismissed: Annotated[int, "不予登记"]
    median_hours: Annotated[float | None, "研判用时中位数（小时）"]


class LeadCounts(Shape, heading="线索统计"):
    items: Annotated[list[LeadCount], "按来源，末行为合计"]
