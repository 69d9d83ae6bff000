"""What is done for each kind of long work, by its word."""

from collections.abc import Callable

from issues.vocabulary import WorkKind
from issues.works.kinds import closing, comparing, exporting, reading, reforming, writing
from issues.works.piece import Piece

Run = Callable[[Piece], None]
RUN: dict[WorkKind, Run] = {
    WorkKind.READ: reading.run,
    WorkKind.COMPARE: comparing.run,
    WorkKind.WRITE: writing.run,
    WorkKind.EXPORT: exporting.run,
    WorkKind.REFORM: reforming.run,
    WorkKind.ROUND: closing.run,
}
