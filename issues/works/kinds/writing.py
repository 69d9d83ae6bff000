"""A large workbook written into the register: all of it with the end of the piece, or nothing."""

from extensions import db, transaction
from issues.exchange import uploads
from issues.exchange.importing import import_ledger
from issues.ground import clock
from issues.ground.refusals import WrongStatus
from issues.rights.table import Right
from issues.works import readings
from issues.works.piece import Piece

IMPORTED = "这份工作簿已经导入，没有重复导入。"
READ_ANEW = "识别以后工作簿的格式、单位或规则有变动，没有导入，请重新识别、核对后再导入。"


def run(piece: Piece) -> None:
    """Raises Refusal, CalledOff."""
    person = piece.asker(Right.IMPORT)
    reading = readings.fresh(piece.upload(), piece.store)
    if reading is None:
        raise WrongStatus(READ_ANEW)
    understood = reading.whole()
    db.session.rollback()
    with transaction():
        row = piece.upload(for_change=True)
        if row.confirmed_at is not None:
            raise WrongStatus(IMPORTED)
        if readings.key_of(row, clock.today()) != reading.key:
            raise WrongStatus(READ_ANEW)
        at = clock.now()
        report = import_ledger(
            understood, person, at=at, workbook=uploads.workbook_of(row), is_apart_left=True
        )
        uploads.confirm(row, report, at)
        piece.end(report.in_words())
