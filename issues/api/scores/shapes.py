"""A period's scores, a unit with its points, a point, a published quarter."""

from datetime import date, datetime
from typing import Annotated

from issues.ground.shape import Shape
from issues.vocabulary import EntryKind, ScoreRule, ScoreShare, ScoreState


class ScorePoint(Shape, heading="记分"):
    id: Annotated[int, "标识"]
    kind: Annotated[EntryKind, "类别"]
    of_: Annotated[int | None, "所更正或恢复的一分"]
    on: Annotated[date, "日期"]
    rule: Annotated[ScoreRule, "计分"]
    issue: Annotated[str, "事项编号"]
    event: Annotated[int | None, "办理过程中的一行；到期而记的为空"]
    because: Annotated[str, "事由或另记的理由"]
    share_as: Annotated[ScoreShare, "身份"]
    base: Annotated[str, "基数，十进制"]
    share: Annotated[str, "分担比例（%），十进制"]
    weight: Annotated[str, "来源权重，十进制"]
    value: Annotated[str, "得数，十进制"]
    year: Annotated[int, "记入的年度"]
    quarter: Annotated[int, "记入的季度"]
    policy: Annotated[int, "规则版本"]
    state: Annotated[ScoreState, "状态"]


class ScoredUnit(Shape):
    unit: Annotated[str, "单位代码"]
    name: Annotated[str, "单位"]
    total: Annotated[str, "总分，十进制"]
    process: Annotated[str, "过程分，十进制"]
    result: Annotated[str, "结果分，十进制"]
    formula: Annotated[str, "算法"]
    points: Annotated[list[ScorePoint], "每一分，新的在前"]


class Scores(Shape, heading="考核得分"):
    year: Annotated[int, "年度"]
    quarter: Annotated[int | None, "季度；全年为空"]
    units: Annotated[list[ScoredUnit], "按单位顺序，不排名次"]
    formula: Annotated[str, "算法"]
    version: Annotated[int, "规则版本"]
    published_at: Annotated[datetime | None, "公布时间；尚未公布的为空"]
    sha256: Annotated[str | None, "所公布内容的摘要"]


class PublishedQuarter(Shape, heading="公布的季度"):
    year: Annotated[int, "年度"]
    quarter: Annotated[int, "季度"]
    published_at: Annotated[datetime, "公布时间"]
    sha256: Annotated[str, "所公布内容的摘要"]
