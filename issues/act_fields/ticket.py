"""What is said of a ticket and of its measures: the fields of a draft and of an amendment.

Those of the ticket itself stand in issues.tickets; here are the measures and the complainant.
"""

from issues.act_fields.field import Field, all_optional, optional
from issues.tickets import fields as tickets
from issues.tickets.field import TicketField

MEASURE = (
    Field("text", "long_text", "措施内容"),
    optional("unit", "unit", "责任单位", hint="不填为主责单位"),
    optional("person", "text", "责任人", limit=40),
    optional("start", "date", "开始日期"),
    optional("deadline", "date", "完成时限"),
    optional("deadline_text", "deadline", "时限（原文）", limit=120),
    optional("target", "decimal", "目标值"),
    optional("unit_of_target", "text", "计量单位", limit=20),
)
PLAN = Field("measures", "rows", "整改措施", fields=MEASURE)


def _asked(field: TicketField, *, required: bool) -> Field:
    return Field(
        field.name, field.type, field.label, required, field.choices, (), field.limit, field.hint
    )


_COMPLAINANT = optional(
    "complainant", "changes", "举报人（严格保密）",
    fields=tuple(
        optional(name, "text", label, limit=200)
        for name, label in (
            ("name", "姓名"), ("phone", "电话"), ("address", "地址"), ("note", "说明")
        )
    ),
)  # fmt: skip
DRAFT = (
    *(_asked(field, required=field.is_required) for field in tickets.DRAFTED),
    optional("measures", "rows", "整改措施", fields=MEASURE),
    _COMPLAINANT,
)

AMENDED_MEASURE = (
    optional("id", "integer", "措施", hint="不填为新增一项措施"),
    *all_optional(MEASURE),
    optional("dropped", "flag", "撤销此项", hint="没有确认进展的措施才能撤销"),
)
AMENDED = (
    *(_asked(field, required=False) for field in tickets.AMENDED),
    optional("measures", "rows", "措施调整", fields=AMENDED_MEASURE),
)
