"""Keepers over the API: the same rights and figures as the page."""

from sqlalchemy import select

from extensions import db, transaction
from issues.ground import clock
from issues.models import Keeper, Keeping
from issues.vocabulary import KeeperLevel


def test_keepers_are_listed_and_told_to_whom_the_page_tells_them(api, people):
    with transaction():
        for name in ("甲", "乙"):
            db.session.add(Keeper(name=name, phone=name, made_at=clock.now()))
        db.session.flush()
        one = db.session.scalar(select(Keeper.id).where(Keeper.name == "甲"))
        day = clock.today()
        db.session.add(Keeping(keeper_id=one, level=KeeperLevel.AREA, region="511902", from_on=day))
    page = api.he.get("/keepers?limit=1")
    assert (page["total"], page["next"]) == (2, "1")
    found = api.he.get("/keepers?q=甲")["items"]
    assert [(row["name"], row["things"], row["account"]) for row in found] == [("甲", 1, None)]
    whole = api.sun.get(f"/keepers/{one}")
    assert whole["things"] == [
        {
            "level": "area", "region": "511902", "number": None,
            "from_on": day.isoformat(), "until_on": None,
        }
    ]  # fmt: skip
    api.chen.get("/keepers", 403)
    api.chen.get(f"/keepers/{one}", 403)
    api.sun.get("/keepers/99", 404)
    api.sun.get("/keepers?name=x", 422)
