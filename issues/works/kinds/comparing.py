"""A large workbook that was read compared with the register as it is now."""

from extensions import transaction
from issues.colour.policies import policy_on
from issues.exchange import judging
from issues.exchange.aliases import unit_names
from issues.exchange.differences.comparing import compare_with_register
from issues.exchange.reading.unit_names import Directory
from issues.ground import clock
from issues.ground.refusals import WrongStatus
from issues.rights.table import Right
from issues.works import keeping, readings
from issues.works.kept_records import text_of
from issues.works.piece import Piece

READ_FIRST = "这份工作簿要先重新识别，再与台账比对。"


def run(piece: Piece) -> None:
    """Raises Refusal, CalledOff."""
    piece.asker(Right.IMPORT)
    today = clock.today()
    reading = readings.fresh(piece.upload(), piece.store)
    if reading is None:
        raise WrongStatus(READ_FIRST)
    directory, policy = Directory(unit_names()), policy_on(today)[1]
    found = compare_with_register(reading.whole(), directory, policy)
    kept = keeping.keep(piece.store, keeping.packed([readings.VERSION, text_of(found)]))
    with transaction():
        row = piece.upload(for_change=True)
        judging.say(row, **{readings.TAKEN: False})
        words = f"{found.tickets}个问题，{len(found.differences)}处差异"
        piece.end(words, key=reading.key, **kept)
