"""What stands on a wall or lies under a map: passes of the big screen, the operator's own maps."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.models import User
from extensions import Model
from issues.ground.columns import Instant, word
from issues.vocabulary import LayerKind


class WallPass(Model):
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


class MapSheet(Model):
    """One GeoJSON of the operator's: the boundaries themselves, or a layer laid over them.

    Its points are in GCJ-02 or in WGS-84, as the file's owner says. Taken away, not removed.
    A layer that sets something apart says what (`layer_kind`), the day of its data and whose it is.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    is_boundary: Mapped[bool]
    name: Mapped[str] = mapped_column(String(40))
    review_number: Mapped[str] = mapped_column(String(40))
    is_gcj02: Mapped[bool]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    layer_kind: Mapped[LayerKind | None] = mapped_column(word(LayerKind))
    dated_on: Mapped[date | None]
    owner: Mapped[str] = mapped_column(String(80), default="", server_default="")
    document_number: Mapped[str] = mapped_column(String(80), default="", server_default="")
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    uploaded_by: Mapped[User] = relationship()

    __table_args__ = (
        CheckConstraint("NOT is_boundary OR review_number <> ''", name="reviewed"),
        CheckConstraint(
            "layer_kind IS NULL OR (NOT is_boundary AND dated_on IS NOT NULL AND owner <> '')",
            name="layer_is_whole",
        ),
    )


class IssueLayer(Model):
    """That a ticket's point lies in an outline of a layer; kept whenever one of them changes."""

    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("map_sheet.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)

    __table_args__ = (Index("ix_issue_layer_sheet", "sheet_id", "issue_id"),)
