"""What the columns of 基层减负 are called and count, on the page and in the workbook."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from issues.burden.forms import FORMS, LEFT_OUT


class Column(NamedTuple):
    label: str
    unit: str
    means: str


COLUMNS: Mapping[str, Column] = {
    "asked": Column("已知又问", "项", "系统已有内容、表上仍要单位填写的栏目"),
    "filled": Column("已代填", "项", "系统已有内容、打开表时已经填好的栏目"),
    "forms": Column("填表", "份", "、".join(form.label for form in FORMS)),
    "form": Column("退回：形式", "次", "退回的人写明属于形式的"),
    "substance": Column("退回：实质", "次", "退回的人写明属于实质的"),
    "unsaid": Column("退回：未写明", "次", "退回的人没有写明的，包括可以写明以前的"),
}


NOT_COUNTED = "；".join(one.said for one in LEFT_OUT)


def since(asked: date | None, returned: date | None) -> list[str]:
    """From when on each is counted at all: before, the record does not say it."""
    return [
        f"“已知又问”“已代填”自{asked}起计，在页面上填写的表才有记录。" if asked
        else "“已知又问”“已代填”还没有记录。",
        f"退回的形式、实质自{returned}起计。" if returned
        else "还没有写明属于形式还是实质的退回。",
    ]  # fmt: skip
