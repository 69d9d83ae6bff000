"""The tree of places: province, city, counties and what lies below them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Model
from issues.ground.columns import Instant, word
from issues.vocabulary import RegionKind


class Region(Model):
    """A place that tickets lie in and units answer for. Ended, not removed: the history names it.

    `parent` is the code of the place it lies in, "" at the top. `path` are the codes from the top
    down to its own, each with a slash behind it, so that whatever lies in a place begins with the
    place's own path: 210000/210100/210102/.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(24), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    kind: Mapped[RegionKind] = mapped_column(word(RegionKind))
    parent: Mapped[str] = mapped_column(String(24), default="", server_default="")
    path: Mapped[str] = mapped_column(String(200))
    position: Mapped[int]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        Index("ix_region_parent", "parent"),
        Index("ix_region_path", "path"),
        CheckConstraint("code <> '' AND name <> ''", name="named"),
        CheckConstraint("code <> parent", name="lies_in_another"),
        CheckConstraint("path LIKE '%' || code || '/'", name="path_ends_here"),
    )
