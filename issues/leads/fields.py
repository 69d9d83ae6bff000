"""What is said of a lead, on the form, in the API and in a workbook; and what triage asks for."""

from issues.act_fields import Field, optional
from issues.act_fields.field import PAST
from issues.vocabulary import LeadOrigin

ONCE = "来源系统中的编号；同一来源的同一编号只收一次。"
READING = (
    optional("pollutant", "text", "监测项目", limit=40),
    optional("value", "decimal", "监测值"),
    optional("unit", "text", "监测值单位", limit=20),
    optional("limit", "decimal", "限值"),
)
"""A reading belongs together: a value names its item."""
ORIGIN = Field("origin", "choice", "来源", choices=tuple(LeadOrigin.choices()))
_WHERE = (
    optional("region", "region", "行政区域"),
    optional("place", "text", "点位", limit=500),
    optional("lon", "decimal", "经度", hint="手机定位的坐标，小数度；不填则取照片中的位置。"),
    optional("lat", "decimal", "纬度", hint="手机定位的坐标，小数度；不填则取照片中的位置。"),
)
FORM = (
    ORIGIN,
    optional("origin_ref", "text", "来源编号", limit=80, hint=ONCE),
    Field("at", "moment", "发现时间", when=PAST),
    Field("text", "long_text", "线索内容", limit=5000),
    *_WHERE,
    optional("subject_firm", "text", "责任主体", limit=120),
    *READING,
)
SENT = (
    ORIGIN,
    Field("origin_ref", "text", "来源编号", limit=80, hint=ONCE),
    *FORM[2:9],
    optional("reading", "changes", "监测数据", fields=READING),
)
"""A program's lead has its own number, so that sent twice it is one."""
LINK = (Field("to", "issue", "并入事项编号"), Field("reason", "long_text", "理由"))
DISMISS = (Field("reason", "long_text", "理由"),)
