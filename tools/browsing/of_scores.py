"""The pages of 考核, as tools/pictured.py lists them."""

from sqlalchemy import String, select, type_coerce

from auth.models import Unit
from issues.models import ScoreAppeal, ScoreEntry
from issues.vocabulary import EntryKind, ScoreState
from seed.city import BAZHOU
from tools.browsing import places
from tools.browsing.pictured import Pictured

APPEALED = select(ScoreAppeal.entry_id)
TAKES_AWAY = type_coerce(ScoreEntry.value, String).startswith("-")
UNSAID = (
    select(ScoreEntry.id)
    .join(Unit, Unit.id == ScoreEntry.unit_id)
    .where(
        Unit.code == BAZHOU,
        ScoreEntry.kind == EntryKind.BOOKING,
        ScoreEntry.id.not_in(APPEALED),
        TAKES_AWAY,
    )
)
WAITING = APPEALED.where(ScoreAppeal.state == ScoreState.APPEALED)
RULED = APPEALED.where(ScoreAppeal.state != ScoreState.APPEALED)
OF_SCORES = (
    Pictured("he", "work-performance", "worklist.page"),
    Pictured("he", "scores", "scores.listed", places.asked(year="2025")),
    Pictured("he", "scores-quarter", "scores.listed", places.asked(year="2025", quarter="3")),
    Pictured("he", "scores-unit", "scores.one", places.asked(unit=BAZHOU, year="2025")),
    Pictured("chenlead", "scores-own", "scores.one", places.asked(unit=BAZHOU, year="2025")),
    Pictured("chenlead", "scores-appeal", "score_appeals.new", places.of("entry_id", UNSAID)),
    Pictured("he", "scores-appeals", "score_appeals.listed"),
    Pictured("he", "scores-ruling", "score_appeals.one", places.of("entry_id", WAITING)),
    Pictured("he", "scores-ruled", "score_appeals.one", places.of("entry_id", RULED)),
    Pictured("he", "scores-publish", "score_publishing.ask"),
    Pictured("he", "scores-sheet", "score_sheets.one", places.asked(unit=BAZHOU)),
    Pictured("he", "scores-signing", "score_signing.ask"),
    Pictured(
        "he", "scores-preview", "score_preview.page", places.of("draft_id", places.draft_policy())
    ),
)
