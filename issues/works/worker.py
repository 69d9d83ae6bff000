"""Does what waits, one piece after another: the child of a web process, or whoever else calls.

The only place where a piece may fail for any reason: it is told in Chinese, and to the log.
"""

import logging
import secrets

from flask import Flask

from extensions import db, transaction
from issues.evidence.refusals import Damaged, EvidenceRefused
from issues.evidence.storage.store import Store
from issues.ground import under_way
from issues.ground.refusals import Refusal
from issues.models import LongWork
from issues.vocabulary import WorkState
from issues.works import claiming
from issues.works.claiming import CalledOff
from issues.works.heart import Heart
from issues.works.kinds import RUN
from issues.works.piece import Piece

MOST_PIECES = 1000
"""A worker goes after so many; whoever looks next begins another."""
LONGEST_ERROR = 2000
FELL_OVER = "未能完成，没有写入任何内容。原因已记入日志，请告知系统管理员后重新开始"
logger = logging.getLogger(__name__)


def run_all(app: Flask, store: Store, holder: str = "") -> int:
    """Every piece that waits; how many there were. What is in hand is given back on a stop."""
    holder = holder or secrets.token_hex(8)
    for count in range(MOST_PIECES):
        try:
            if not do_one(app, store, holder):
                return count
        except (KeyboardInterrupt, SystemExit):
            db.session.rollback()
            claiming.give_back(holder, is_stopped=True)
            raise
    return MOST_PIECES


def do_one(app: Flask, store: Store, holder: str) -> bool:
    """Whether there was one."""
    work_id = claiming.claim(holder)
    if work_id is None:
        return False
    work = db.session.get_one(LongWork, work_id)
    piece, kind = Piece.of(work, store), work.kind
    logger.info("work %d %s begins for user %d", work_id, kind, piece.user_id)
    try:
        with Heart(app, work_id, holder) as heart, under_way.listening(heart.tell):
            RUN[kind](piece)
    except CalledOff:
        logger.info("work %d was called off", work_id)
    except (Refusal, EvidenceRefused, Damaged) as refused:
        _fail(piece, _sentence(refused))
    except Exception:  # told to its asker and to the log; the next piece goes on
        logger.exception("work %d %s failed", work_id, kind)
        _fail(piece, FELL_OVER)
    finally:
        db.session.rollback()
    return True


def _fail(piece: Piece, sentence: str) -> None:
    """Nothing where the piece is another's by now."""
    db.session.rollback()
    try:
        with transaction():
            told = {"error": sentence[:LONGEST_ERROR]}
            claiming.end(piece.id, piece.holder, WorkState.FAILED, **told)
    except CalledOff:
        logger.info("work %d was called off", piece.id)


def _sentence(refused: Exception) -> str:
    """What is wrong, with each thing that is at fault."""
    if not isinstance(refused, Refusal):
        return str(refused)
    inner = (sentence for said in refused.errors.values() for sentence in said)
    return "；".join(dict.fromkeys([refused.sentence, *inner]))
