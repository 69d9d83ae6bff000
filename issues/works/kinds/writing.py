"""A large workbook written into the register: all of it with the end of the piece, or nothing.

Of the workbook itself only the chosen pictures are read.
"""

from extensions import db, transaction
from issues.exchange.pictures import bringing
from issues.ground import clock
from issues.ground.refusals import WrongStatus
from issues.rights.table import Right
from issues.works import readings
from issues.works.piece import Piece

IMPORTED = "这份工作簿已经导入，没有重复导入。"
READ_ANEW = (
    "识别以后工作簿的格式、单位或规则有变动，或台账又有登记、导入、撤回，没有导入，"
    "请重新识别、核对后再导入。"
)


def run(piece: Piece) -> None:
    """Raises Refusal, CalledOff."""
    person = piece.asker(Right.IMPORT)
    row = piece.upload()
    reading = readings.fresh(row, piece.store)
    if reading is None:
        raise WrongStatus(READ_ANEW)
    understood = reading.whole()
    taken = bringing.proven_of(row, understood, piece.store)
    db.session.rollback()
    with transaction():
        row = piece.upload(for_change=True)
        if row.confirmed_at is not None:
            raise WrongStatus(IMPORTED)
        if readings.key_of(row, clock.today()) != reading.key:
            raise WrongStatus(READ_ANEW)
        came = bringing.bring(row, understood, taken, person, at=clock.now(), is_apart_left=True)
        told = (came.report, came.pictures) if came.pictures else (came.report,)
        piece.end("；".join(one.in_words() for one in told))
