"""What 基层减负 counts of a year: of a unit, of one of its acts, of a month."""

from datetime import date
from typing import Annotated

from issues.ground.shape import Shape


class Counted(Shape, heading="减负统计"):
    key: Annotated[str, "单位代码、办理或月份"]
    name: Annotated[str, "名称"]
    asked: Annotated[int, "已知又问，项"]
    filled: Annotated[int, "已代填，项"]
    forms: Annotated[int, "填表，份"]
    form: Annotated[int, "因形式退回，次"]
    substance: Annotated[int, "因实质退回，次"]
    unsaid: Annotated[int, "没有写明形式或实质的退回，次"]


class Burden(Shape, heading="基层减负"):
    year: Annotated[int, "年度"]
    unit: Annotated[str | None, "单位代码；全部单位为空"]
    total: Annotated[Counted, "合计"]
    units: Annotated[list[Counted], "按单位"]
    acts: Annotated[list[Counted], "按表"]
    months: Annotated[list[Counted], "按月"]
    asked_since: Annotated[date | None, "已知又问自这一天起计；还没有记录的为空"]
    returns_since: Annotated[date | None, "退回的形式、实质自这一天起计；还没有记录的为空"]
