"""A round with many cards closed: all of it with the end of the piece, or nothing."""

from extensions import db, transaction
from issues import rounds
from issues.ground import clock
from issues.rights.table import Right
from issues.scores import booking
from issues.works import claiming
from issues.works.piece import Piece

AT_IT = "正在核对各件研判"


def run(piece: Piece) -> None:
    """Raises Refusal, CalledOff."""
    person, round_id = piece.asker(Right.CLOSE_ROUND), piece.asked["round"]
    db.session.rollback()
    claiming.beat(piece.id, piece.holder, AT_IT, 0, 0)  # SQLite lets nobody tell beside a writer
    with transaction():
        now = clock.now()
        closed = rounds.close(round_id, person, now)
        booking.book_day(now)
        piece.end(f"共{len(closed.items)}件，挂牌和文书草稿已形成")
