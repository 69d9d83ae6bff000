"""The pages of 今日要情, as tools/pictured.py lists them."""

from sqlalchemy import select

from issues.models import Issue
from issues.vocabulary import OPEN
from tools.browsing import places
from tools.browsing.pictured import Pictured

MINE = select(Issue.id).where(Issue.sponsor_account_id.is_not(None), Issue.status.in_(OPEN))
OF_MINUTE = (
    Pictured("zhao", "minute", "minute.page"),
    Pictured("zhao", "minute-instruct", "minute.ask", places.of("issue_id", MINE)),
    Pictured("zhao", "minute-phrases", "minute.own"),
    Pictured("liu", "phrases", "phrases.page"),
)
