"""What is said of a ticket and of its measures: the fields of a draft and of an amendment.

Those of the ticket itself stand in issues.tickets; here are measures, targets and the complainant.
"""

from issues.act_fields.field import Field, all_optional, optional
from issues.tickets import fields as tickets
from issues.tickets.field import TicketField
from issues.tickets.handled import HANDLED
from issues.vocabulary import Nature, Sense

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
GROWS = (Sense.GE, Sense.GT)
PLANNED = (
    *MEASURE,
    optional("sense_of_target", "choice", "数量方向", hint="不选为不低于",
             choices=tuple((sense.value, f"{sense.sign} {sense.label}") for sense in GROWS)),
)  # fmt: skip
"""A measure as it is planned; whether its count is to be passed is not amended later."""
PLAN = Field("measures", "rows", "整改措施", fields=PLANNED)
TARGET = (
    Field("name", "text", "项目", limit=80, hint="如氨氮、PM2.5浓度、收集率"),
    Field("sense", "choice", "方向",
          choices=tuple((sense.value, f"{sense.sign} {sense.label}") for sense in Sense)),
    Field("value", "decimal", "目标值"),
    optional("unit", "text", "单位", limit=20),
    Field("nature", "choice", "性质", choices=tuple(Nature.choices())),
    optional("measure", "integer", "措施序号", hint="不填为整个事项的目标", least=1),
    optional("start", "date", "起始日期"),
    optional("by", "date", "目标日", hint="不填随措施或事项的时限"),
    optional("source", "text", "数据提供单位", limit=80),
    optional("required", "flag", "验收必查"),
    optional("quote", "text", "原文", limit=500),
)  # fmt: skip
TARGETS = optional(
    "targets", "rows", "目标", fields=TARGET,
    hint="浓度、比例等要达到或保持的目标；措施的数量填在措施的目标值中",
)  # fmt: skip


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
    optional("measures", "rows", "整改措施", fields=PLANNED),
    TARGETS,
    _COMPLAINANT,
)

OUTCOME = tuple(_asked(field, required=False) for field in HANDLED)

AMENDED_MEASURE = (
    optional("id", "integer", "措施", hint="不填为新增一项措施"),
    *all_optional(MEASURE),
    optional("dropped", "flag", "撤销此项", hint="没有确认进展的措施才能撤销"),
)
AMENDED_TARGET = (
    optional("id", "integer", "目标", hint="不填为新增一项目标"),
    *all_optional(TARGET),
    optional("dropped", "flag", "结束此项", hint="结束的目标和读数仍保留"),
)
AMENDED = (
    *(_asked(field, required=False) for field in tickets.AMENDED),
    optional("measures", "rows", "措施调整", fields=AMENDED_MEASURE),
    optional("targets", "rows", "目标调整", fields=AMENDED_TARGET),
)
