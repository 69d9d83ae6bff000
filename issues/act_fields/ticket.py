"""What is said of a ticket and of its measures: the fields of a draft and of an amendment."""

from issues.act_fields.field import Field, all_optional, optional
from issues.vocabulary import ProblemType, Source

MEASURE = (
    Field("text", "long_text", "措施内容"),
    optional("unit", "unit", "责任单位", hint="不填为主责单位"),
    optional("person", "text", "责任人", limit=40),
    optional("start", "date", "开始日期"),
    optional("deadline", "date", "完成时限"),
    optional("deadline_text", "deadline", "时限(原文)", limit=120),
    optional("target", "decimal", "目标值"),
    optional("unit_of_target", "text", "计量单位", limit=20),
)
PLAN = Field("measures", "rows", "整改措施", fields=MEASURE)

_SAYS = (
    Field("title", "text", "标题", limit=120),
    Field("problem", "long_text", "存在问题", limit=5000),
    Field("region", "region", "行政区域"),
)
_STANDS = (
    optional("place", "text", "点位", limit=500),
    optional("lon", "decimal", "经度", hint="WGS-84,十进制度"),
    optional("lat", "decimal", "纬度", hint="WGS-84,十进制度"),
    optional("types", "choices", "问题类型", choices=tuple(ProblemType.choices())),
    optional("goal", "long_text", "整改目标"),
    optional("criteria", "long_text", "验收标准"),
    optional("deadline", "date", "整改时限"),
    optional("deadline_text", "deadline", "整改时限(原文)", limit=120,
             hint="如2025年底前、立行立改、长期坚持、按序时进度"),
    optional("primary_unit", "unit", "主责单位"),
    optional("responsible_units", "units", "其他责任单位"),
    optional("lead_unit", "unit", "牵头单位"),
    optional("supporting_units", "units", "配合单位"),
    optional("acceptance_unit", "unit", "验收单位"),
    optional("supervising_unit", "unit", "督导单位"),
    optional("sponsor", "text", "包案领导", limit=80),
    optional("sponsor_account", "account", "包案领导账号"),
    optional("area_keeper", "text", "包片人", limit=80),
    optional("section_keeper", "text", "包段人", limit=80),
    optional("household_keeper", "text", "包户人", limit=80),
    optional("contact", "text", "责任人及电话", limit=120),
    optional("subject_firm", "text", "责任主体", limit=120,
             hint="造成问题的企业或个人,便于查找同一主体的其他事项"),
    optional("unlawful", "flag", "存在违法行为"),
    optional("remark", "long_text", "备注事项"),
)  # fmt: skip
_COMPLAINANT = optional(
    "complainant", "changes", "举报人(严格保密)",
    fields=tuple(
        optional(name, "text", label, limit=200)
        for name, label in (
            ("name", "姓名"), ("phone", "电话"), ("address", "地址"), ("note", "说明")
        )
    ),
)  # fmt: skip
_TRACED = (
    optional("source_ref", "text", "来源文件及项号", limit=80),
    optional("case_number", "text", "受理编号", limit=32),
)
DRAFT = (
    Field("source", "choice", "问题来源", choices=tuple(Source.choices())),
    *_TRACED,
    *_SAYS,
    *_STANDS,
    optional("measures", "rows", "整改措施", fields=MEASURE),
    _COMPLAINANT,
)

AMENDED_MEASURE = (
    optional("id", "integer", "措施", hint="不填为新增一项措施"),
    *all_optional(MEASURE),
    optional("dropped", "flag", "撤销此项", hint="没有确认进展的措施才能撤销"),
)
AMENDED = all_optional(
    (
        *_TRACED,
        *_SAYS,
        *_STANDS,
        optional("inspector", "account", "督察员"),
        optional("measures", "rows", "措施调整", fields=AMENDED_MEASURE),
    )
)
