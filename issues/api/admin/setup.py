"""What this installation has of all that a city needs, as the set-up page tells it."""

from typing import Annotated, Literal, cast

from flask import Blueprint, Response

from issues.api.door.answers import shaped
from issues.api.openapi.described import describes
from issues.city.items import Told, items
from issues.ground.shape import Shape
from issues.rights.table import Right
from issues.web.door.guards import requires

blueprint = Blueprint("setup", __name__)
Code = Literal["done", "missing", "optional"]


class SetupItem(Shape, heading="设置项"):
    key: Annotated[str, "名称"]
    state: Annotated[Code, "已完成、未完成、选填"]
    page: Annotated[str, "在哪一页办"]


class Setup(Shape, heading="设置"):
    items: Annotated[list[SetupItem], "各项"]


@blueprint.get("/setup")
@describes("设置", "本系统的设置还缺什么", answer=Setup)
@requires(Right.SET_UP)
def index() -> Response:
    return shaped(Setup(items=[_shape(one) for one in items()]))


def _shape(told: Told) -> SetupItem:
    return SetupItem(key=told.item.key, state=cast("Code", told.state.code), page=told.item.page)
