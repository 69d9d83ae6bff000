"""Instructions and covert notes, as JSON Schemas."""

from issues.api.openapi.words import (
    Schema,
    a_day,
    a_moment,
    array,
    group,
    number,
    or_null,
    text,
    whole_number,
)

INSTRUCTION: Schema = group(
    {
        "id": whole_number("标识"),
        "number": text("编号"),
        "leader": text("批示领导"),
        "text": text("批示内容"),
        "unit": or_null(text("办理单位;没有时为市环委办")),
        "given_on": a_day("批示日期"),
        "due_on": a_day("办结期限"),
        "reply": or_null(text("办理情况")),
        "replied_on": or_null(a_day("答复日期")),
    },
    "批示",
)
COVERT_NOTE: Schema = group(
    {
        "id": whole_number("标识"),
        "title": text("标题"),
        "findings": text("发现的问题"),
        "at": a_moment("时间"),
        "region": text("行政区域"),
        "place": text("点位"),
        "subject_firm": text("责任主体"),
        "lon": or_null(number("经度(WGS-84)")),
        "lat": or_null(number("纬度(WGS-84)")),
        "inspector": text("督察员账号"),
        "photos": array(group({"name": text("文件名"), "sha256": text("摘要")}), "照片"),
        "number": or_null(text("登记为的编号")),
    },
    "暗访记录",
)
