"""Several reads of a few tickets, most of which find nothing: which of them do is asked at once."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select

from extensions import db, plain_rows
from issues.ground.batches import prepared

FEW = 20
"""Of more tickets than these nearly every read finds something, and asking first is no gain."""
ByIssue = Mapping[int, Sequence[Any]]


class Reads:
    """Statements with an `issue_id`, by names; each takes its tickets by `batches.asked`.

    `rows` find rows of columns, `objects` the session's objects. What they find is read after it
    was asked for: the caller holds the tickets, or a moment's difference does not matter to it.
    """

    def __init__(
        self,
        rows: Mapping[str, Callable[[], Any]] | None = None,
        objects: Mapping[str, Callable[[], Any]] | None = None,
    ) -> None:
        self._objects = objects or {}
        self._reads = {**(rows or {}), **self._objects}
        self._whether = prepared(self._put_together)

    def by_issue(self, ids: Sequence[int]) -> dict[str, ByIssue]:
        """What each read finds by its tickets, in the read's order; nothing of other tickets.

        One statement, and one more for each read that finds anything.
        """
        worth = self.worth(ids)
        found: dict[str, ByIssue] = {}
        for name, read in self._reads.items():
            rows: dict[int, list[Any]] = defaultdict(list)
            ask: Any = db.session.scalars if name in self._objects else plain_rows
            for row in ask(read(), {"ids": ids}) if name in worth else ():
                rows[row.issue_id].append(row)
            found[name] = rows
        return found

    @property
    def names(self) -> Collection[str]:
        return self._reads

    def worth(self, ids: Sequence[int]) -> Collection[str]:
        """The names of those that find anything; of many tickets all of them."""
        db.session.flush()
        if not ids or len(ids) > FEW:
            return self._reads if ids else ()
        found = plain_rows(self._whether(), {"ids": ids}).one()
        return [name for name, is_any in zip(self._reads, found, strict=True) if is_any]

    def _put_together(self) -> Select[*tuple[Any, ...]]:
        asked = ((name, read().order_by(None)) for name, read in self._reads.items())
        return select(*(one.exists().label(name) for name, one in asked))
