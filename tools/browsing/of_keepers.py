"""The pages of 包保, as tools/pictured.py lists them."""

from sqlalchemy import select

from issues.models import Issue, Keeper, Keeping, Region
from issues.vocabulary import RosterKind, Status
from seed import city
from tools.browsing import places
from tools.browsing.pictured import Pictured

FIRST = select(Region.code).where(Region.name == city.FIRST_COUNTY)
KEPT = select(Issue.id).where(Issue.region.in_(FIRST), Issue.status == Status.RECTIFYING)
"""Of the county that the deputy mayor keeps."""
OF_KEEPERS = (
    Pictured("sun", "keepers", "keepers.listed"),
    Pictured("sun", "keepers-new", "keepers.new"),
    Pictured("sun", "keepers-one", "keepers.one", places.of("keeper_id", select(Keeper.id))),
    Pictured(
        "sun", "keepers-paper", "keeper_paper.page", places.of("keeper_id", select(Keeper.id))
    ),
    Pictured(
        "sun",
        "keepers-ask",
        "keepers.ask",
        places.of("keeper_id", select(Keeper.id), change="amend"),
    ),
    Pictured(
        "sun",
        "keepers-hand-over",
        "keepers.ask_hand_over",
        places.of("keeper_id", select(Keeper.id)),
    ),
    Pictured(
        "sun", "keepers-release", "keepers.ask_release", places.of("keeping_id", select(Keeping.id))
    ),
    Pictured("sun", "keepers-unkept", "keeper_unkept.page"),
    Pictured("sun", "keepers-places", "keeper_places.tree"),
    Pictured("sun", "keepers-place", "keeper_places.one", places.of("code", FIRST)),
    Pictured("sun", "keepers-import", "keeper_import.start"),
    Pictured(
        "sun",
        "keepers-import-shown",
        "keeper_import.show",
        places.of("keepers_id", places.roster(RosterKind.KEEPERS)),
    ),
    Pictured("zhao", "keeping", "keeping.page"),
    Pictured("zhao", "keeping-one", "keeping.one", places.of("kept_id", KEPT)),
    Pictured("sun", "keepers-ticket", "ticket_keepers.page", places.ticket(Status.RECTIFYING)),
)
