"""A unit with many tickets merged or split: all of it with the end of the piece, or nothing."""

from extensions import db, transaction
from issues.ground import clock
from issues.rights.table import Right
from issues.succession.reforming import reform
from issues.succession.wanted import Wanted
from issues.works import claiming
from issues.works.piece import Piece

AT_IT = "正在写入，一次完成"


def run(piece: Piece) -> None:
    """Raises Refusal, CalledOff."""
    person, wanted = piece.asker(Right.UNITS), Wanted.of(piece.asked)
    db.session.rollback()
    claiming.beat(piece.id, piece.holder, AT_IT, 0, 0)  # SQLite lets nobody tell beside a writer
    with transaction():
        done = reform(person, wanted, clock.now())
        piece.end(f"未办结事项{done.tickets}件、账号{done.people}个")
