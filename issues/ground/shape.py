"""The shape of an answer in JSON, declared once: names, types and what each name means.

Values are written here; issues/api/openapi/components.py reads the JSON Schema off the same class.
"""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import singledispatch
from typing import Any, ClassVar, Self, dataclass_transform

from issues.ground import clock


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Shape:
    """A group of names. Each is declared as `name: Annotated[type, "what it means"]`.

    A tuple after the meaning narrows a word to these codes. One whose default is None is left out
    of the answer where it is None; all others are always there. An underscore ends a name that
    Python keeps for itself. With a `heading` a shape is known by its class's name; without, it is
    part of the shape that holds it. An open one may have more names beside its own.
    """

    heading: ClassVar[str] = ""
    is_open: ClassVar[bool] = False

    def __init_subclass__(cls, *, heading: str = "", is_open: bool = False) -> None:
        super().__init_subclass__()
        cls.heading, cls.is_open = heading, is_open
        dataclass(frozen=True, kw_only=True)(cls)

    @classmethod
    def of(cls, row: object, **more: Any) -> Self:
        """Each name from `more`, or else from the row, which calls it the same."""
        names = (one.name for one in fields(cls) if one.default is MISSING)  # type: ignore[arg-type]
        return cls(**{name: getattr(row, name) for name in names if name not in more}, **more)

    def document(self) -> dict[str, Any]:
        """As JSON writes it."""
        found = {}
        for one in fields(self):  # type: ignore[arg-type]
            value = getattr(self, one.name)
            if value is not None or one.default is MISSING:
                found[one.name.rstrip("_")] = plain(value)
        return found


@singledispatch
def plain(value: Any) -> Any:
    """A value as JSON writes it: days, moments in Shanghai to the second, figures as numbers."""
    return value


@plain.register
def _of_shape(value: Shape) -> dict[str, Any]:
    return value.document()


@plain.register
def _of_word(value: Enum) -> Any:
    return value.value


@plain.register
def _of_day(value: date) -> str:
    return value.isoformat()


@plain.register
def _of_moment(value: datetime) -> str:
    return clock.local(value).isoformat(timespec="seconds")


@plain.register
def _of_figure(value: Decimal) -> int | float:
    """Whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


@plain.register(list)
@plain.register(tuple)
def _of_many(value: Sequence[Any]) -> list[Any]:
    return [plain(one) for one in value]


@plain.register(Mapping)
def _of_group(value: Mapping[Any, Any]) -> dict[Any, Any]:
    return {plain(name): plain(one) for name, one in value.items()}
