"""Monitoring readings, and the originals of complaints, as JSON Schemas."""

from issues.api.openapi.words import (
    Schema,
    a_day,
    a_moment,
    flag,
    group,
    number,
    or_null,
    text,
    whole_number,
)

COMPLAINT_ORIGINAL: Schema = group(
    {
        "id": whole_number("标识"),
        "name": or_null(text("文件名,未经授权的为空")),
        "size": whole_number("字节数"),
        "uploaded_at": a_moment("存入时间"),
        "by": text("存入人"),
    },
    "信访件原件",
)
READING: Schema = group(
    {
        "id": whole_number("标识"),
        "pollutant": text("监测项目"),
        "value": number("数值"),
        "unit_of_value": text("单位"),
        "low": or_null(number("下限")),
        "high": or_null(number("上限")),
        "is_within": flag("是否达标"),
        "sampled_on": a_day("采样日期"),
        "point": text("监测点位"),
        "laboratory": text("监测单位"),
        "evidence": or_null(whole_number("所在的监测报告")),
        "entered_at": a_moment("登记时间"),
        "withdrawn_at": or_null(a_moment("撤回时间")),
        "withdraw_reason": or_null(text("撤回的理由")),
    },
    "监测数据",
)
