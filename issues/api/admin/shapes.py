"""Units, and the document of the API itself."""

from datetime import date
from typing import Annotated

from issues.ground.shape import Shape


class Unit(Shape, heading="单位"):
    code: Annotated[str, "代码"]
    name: Annotated[str, "名称"]
    short_name: Annotated[str, "简称"]
    kind: Annotated[str, "类别"]
    region: Annotated[str, "行政区域"]
    ended: Annotated[date | None, "停用日期；在用的为 null"]
    successors: Annotated[list[Annotated[str, "代码"]], "并入或分设到的单位，在用的没有"]


class OpenApi(Shape, is_open=True):
    """What OpenAPI 3.1 says it is; nothing of it is ours to describe."""
