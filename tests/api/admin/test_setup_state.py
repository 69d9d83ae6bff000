"""`GET /setup`: what is done, missing or optional, in the shape of the contract."""

import pytest
from sqlalchemy import select

from auth.models import Unit, User
from extensions import db, transaction
from issues.city.items import ITEMS, LEAD_KIND
from issues.ground import clock
from issues.models import Setting


@pytest.mark.both
def test_the_state_of_every_item_is_told_to_who_can_mend_it(api):
    with transaction():
        db.session.delete(db.session.get_one(Setting, "notice_contact"))

    told = {one["key"]: one for one in api.sun.get("/setup").json["items"]}
    assert list(told) == [item.key for item in ITEMS]
    assert told["city"] == {"key": "city", "state": "done", "page": "/setup#city"}
    assert told["contact_name"]["state"] == "missing"
    assert told["contact_phone"]["state"] == "optional"
    assert told["units"] == {"key": "units", "state": "done", "page": "/admin/units"}
    api.sysadmin.get("/setup")
    for name in ("lin", "chen", "zhou", "auditor"):
        getattr(api, name).get("/setup", 403)


def test_without_a_prefix_no_ticket_is_made(api):
    with transaction():
        db.session.delete(db.session.get_one(Setting, "number_prefix"))
    body = {"source": "AF", "title": "散排", "problem": "散排", "region": "511902"}

    told = api.sun.post("/issues", body, 409).json
    assert "“编号前缀”还没有填写" in told["detail"]


@pytest.mark.both
def test_who_is_disabled_and_what_is_ended_is_not_there(api):
    """Nobody signs by an account that is shut, and an ended unit leads nothing."""
    with transaction():
        db.session.scalars(select(User).where(User.name == "zhou")).one().is_active = False
        for unit in db.session.scalars(select(Unit).where(Unit.kind == LEAD_KIND)):
            unit.ended_at = clock.now()

    told = {one["key"]: one["state"] for one in api.sun.get("/setup").json["items"]}
    assert (told["accounts"], told["lead_unit"], told["units"]) == ("missing", "missing", "done")
