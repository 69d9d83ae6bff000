"""What stands on a wall or lies under a map: passes of the big screen, the operator's own maps."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import User
from extensions import db
from issues.columns import Instant


class WallPass(db.Model):
    """A read-only address of the big screen, until its end. Only the secret's digest is kept."""

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    place: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    until: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    made_by: Mapped[User] = relationship()

    __table_args__ = (CheckConstraint("made_at < until", name="has_an_end"),)


class MapSheet(db.Model):
    """One GeoJSON of the operator's: the boundaries themselves, or a layer laid over them.

    Its points are in GCJ-02 or in WGS-84, as the file's owner says. Taken away, not removed.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    is_boundary: Mapped[bool]
    name: Mapped[str] = mapped_column(String(40))
    review_number: Mapped[str] = mapped_column(String(40))
    is_gcj02: Mapped[bool]
    document: Mapped[dict] = mapped_column(JSON)
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    uploaded_by: Mapped[User] = relationship()

    __table_args__ = (CheckConstraint("NOT is_boundary OR review_number <> ''", name="reviewed"),)
