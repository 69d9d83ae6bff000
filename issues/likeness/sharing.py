"""What shares keys with a problem, and how much that weighs: a rare key more than a common one."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, Subquery, bindparam, func, select, union_all

MOST_OF_KEY = 3000
"""Of one key. More would take more time than it finds: see docs/decisions/0059."""
COUNTS = 128
"""Texts of so many numbers of keys, of tickets and of leads, are asked without building anew."""
Table = Any
"""A table of keys, LikenessKey or LeadKey: its `key`, and the column of what has it."""


@lru_cache(COUNTS)
def sharing(count: int, key: Table, owner: Table) -> Subquery:
    """`owner` and `weight` of what has some of `count` keys, at least one; run with `given`.

    Of each key the latest alone: one that stock phrases give half of them has.
    """
    each_key = (_of_key(name, key, owner).subquery() for name in _names(count))
    lists = union_all(*map(select, each_key)).subquery()
    of_key = func.count().over(partition_by=lists.c.key)
    each = select(lists.c.owner, (1.0 / of_key).label("weight")).subquery()
    weight = func.sum(each.c.weight).label("weight")
    return select(each.c.owner, weight).group_by(each.c.owner).subquery()


def given(keys: Sequence[int]) -> dict[str, int]:
    """The keys as the statement is run with them."""
    return {"most": MOST_OF_KEY, **dict(zip(_names(len(keys)), keys, strict=True))}


def _names(count: int) -> list[str]:
    return [f"key_{place}" for place in range(count)]


def _of_key(name: str, key: Table, owner: Table) -> Select[Any]:
    rows = select(key.label("key"), owner.label("owner")).where(key == bindparam(name))
    return rows.order_by(owner.desc()).limit(bindparam("most"))
