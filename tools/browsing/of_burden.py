"""The pages of 基层减负, as tools/pictured.py lists them."""

from seed.city import BAZHOU
from tools.browsing import places
from tools.browsing.pictured import Pictured

OF_BURDEN = (
    Pictured("zhou", "burden", "burden.page", places.asked(year="2025")),
    Pictured("sun", "burden-unit", "burden.page", places.asked(year="2025", unit=BAZHOU)),
    Pictured("chenlead", "burden-own", "burden.page", places.asked(year="2025")),
    Pictured("sun", "burden-acts", "burden_events.page",
             places.asked(year="2025", what="filled")),
)  # fmt: skip
