"""What is said of a call to who complained, after the outcome of the complaint."""

from issues.act_fields.field import Field, optional
from issues.vocabulary import CallbackProposal, Satisfaction

CALLBACK = (
    Field("on", "date", "回访日期"),
    optional("reached", "flag", "已接通"),
    optional("satisfaction", "choice", "满意度", choices=tuple(Satisfaction.choices()),
             hint="接通的必选"),
    optional("words", "long_text", "群众意见", limit=1000,
             hint="保存即封存，经授权的人打开举报人信息时一并显示"),
    optional("proposal", "choice", "建议", choices=tuple(CallbackProposal.choices()),
             hint="不满意的必选；只是建议，由有关人员另行办理"),
)  # fmt: skip
