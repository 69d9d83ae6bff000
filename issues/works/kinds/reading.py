"""A large workbook read and compared with the register; kept from then on, or gone again."""

from extensions import db, transaction
from issues.exchange import judging, uploads
from issues.exchange.differences.difference import Comparison
from issues.exchange.judging import Judge
from issues.exchange.reading.items import Understood
from issues.ground import clock
from issues.ground.present import present
from issues.ground.refusals import Refusal, WrongStatus
from issues.models import LedgerImport, LongWork
from issues.rights.table import Right
from issues.works import keeping, readings
from issues.works.piece import Piece

CHANGED = "识别期间格式、单位或规则有变动，或台账又有登记、导入、撤回，请重新识别。"
UNKNOWN = "没有认出表头，请核对各栏的内容"


def run(piece: Piece) -> None:
    """Raises Refusal, CalledOff."""
    piece.asker(Right.IMPORT)
    row = piece.upload()
    number, key, judge = row.id, _key(row), Judge(row.report["profile"])
    content = uploads.content(piece.store, row.sha256)
    try:
        understood = _judged(judge, content)
    except Refusal:
        _forget_unread(piece, number)
        raise
    db.session.rollback()
    if understood is None:
        _end_unknown(piece)
    else:
        found = present(judge.comparison, "the comparison of what was read")
        _keep(piece, key, judge.told, understood, found)


def _judged(judge: Judge, content: bytes) -> Understood | None:
    """As the page will show it: read once more where a kept layout recognised it."""
    before = judge.told
    understood = judge(content)
    if understood is None:
        return None
    uploads.refuse_marked(understood)
    return judge(content) if judge.told != before else understood


def _forget_unread(piece: Piece, number: int) -> None:
    """What may not be kept, or cannot be read, is kept by nobody."""
    with transaction():
        row = uploads.load(number, for_change=True)
        if not judging.is_unread(row):
            return
        for work in db.session.query(LongWork).filter_by(import_id=number):
            work.import_id = None
        sha256 = row.sha256
        db.session.delete(row)
    piece.store.remove_orphan(sha256, older_than=clock.real_now())


def _end_unknown(piece: Piece) -> None:
    with transaction():
        judging.say(piece.upload(for_change=True), unread=False, unknown=True)
        piece.end(UNKNOWN)


def _keep(piece: Piece, key: str, told: str, understood: Understood, found: Comparison) -> None:
    """Raises CalledOff, and WrongStatus where it would be read otherwise by now."""
    kept = keeping.keep(piece.store, keeping.packed(readings.lines_of(understood, found)))
    with transaction():
        row = piece.upload(for_change=True)
        if _key(row) != key:
            raise WrongStatus(CHANGED)
        uploads.set_profile(row, told)
        judging.say(row, unread=False, unknown=False, **{readings.TAKEN: False})
        piece.end(_in_words(understood, found), key=_key(row), **kept)


def _key(row: LedgerImport) -> str:
    return readings.key_of(row, clock.today())


def _in_words(understood: Understood, found: Comparison) -> str:
    told = f"{understood.tickets}个问题，错误{len(understood.errors)}处"
    return f"{told}，与台账有{len(found.differences)}处差异" if understood.here else told
