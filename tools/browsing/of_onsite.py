"""The pages of the inspector's phone and of what was found, as tools/pictured.py lists them."""

from issues.vocabulary import Status
from tools.browsing import places
from tools.browsing.pictured import Pictured

OF_ONSITE = (
    Pictured("lin", "covert", "covert.listed"),
    Pictured("lin", "covert-new", "covert.new"),
    Pictured("lin", "covert-one", "covert.page", places.of("note_id", places.noted)),
    Pictured("lin", "route", "route.page"),
    Pictured("lin", "route-covert", "spot.form"),
    Pictured("lin", "route-check", "spot_check.form", places.ticket(Status.SITE_CHECK)),
    Pictured("lin", "route-waiting", "route.waiting"),
)
