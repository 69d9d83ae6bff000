"""What shares keys with a problem, and how much that weighs: a rare key more than a common one."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, Subquery, func, select, union_all

MOST_OF_KEY = 3000
"""Of one key. More would take more time than it finds: see docs/decisions/0059."""
Table = Any
"""A table of keys, LikenessKey or LeadKey: its `key`, and the column of what has it."""


def sharing(keys: Sequence[int], key: Table, owner: Table) -> Subquery:
    """`owner` and `weight` of what has some of the keys, at least one.

    Of each key the latest alone: one that stock phrases give half of them has.
    """
    lists = union_all(*(select(_of_key(one, key, owner).subquery()) for one in keys)).subquery()
    of_key = func.count().over(partition_by=lists.c.key)
    each = select(lists.c.owner, (1.0 / of_key).label("weight")).subquery()
    weight = func.sum(each.c.weight).label("weight")
    return select(each.c.owner, weight).group_by(each.c.owner).subquery()


def _of_key(one: int, key: Table, owner: Table) -> Select[Any]:
    rows = select(key.label("key"), owner.label("owner")).where(key == one)
    return rows.order_by(owner.desc()).limit(MOST_OF_KEY)
