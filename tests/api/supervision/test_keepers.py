"""Keepers over the API: the same rights and figures as the page."""

import io

import centre
from samples import jpeg
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from auth import people as accounts
from auth.actor import SYSTEM
from auth.models import User
from extensions import db, transaction
from issues.ground import clock
from issues.models import Keeper, Keeping
from issues.vocabulary import KeeperLevel, Status


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
            "id": 1, "level": "area", "region": "511902", "number": None,
            "from_on": day.isoformat(), "until_on": None,
        }
    ]  # fmt: skip
    api.chen.get("/keepers", 403)
    api.chen.get(f"/keepers/{one}", 403)
    api.sun.get("/keepers/99", 404)
    api.sun.get("/keepers?name=x", 422)


def county(api, name="luo"):
    """A caller of the county's centre, who is not in the cast."""
    centre.found()
    with transaction():
        key = db.session.scalar(select(User.id).where(User.name == name))
        token = accounts.issue_token(SYSTEM, key)
    return api.with_token(token)


def test_keepers_are_made_given_changed_handed_over_and_ended_as_on_the_pages(api, make_issue):
    number = make_issue().number
    for who, expect in (("he", 403), ("chen", 403)):
        getattr(api, who).post("/keepers", {"name": "甲", "phone": "1"}, expect)
    assert api.sun.post("/keepers", {"phone": "1"}, 422)["errors"].keys() == {"name"}
    assert "phone" in api.sun.post("/keepers", {"name": "甲"}, 422)["errors"]
    one = api.sun.post("/keepers", {"name": "甲", "phone": "1"}, 201)["id"]
    two = api.sun.post("/keepers", {"name": "乙", "account": "chen"}, 201)["id"]
    act = f"/keepers/{one}/actions"
    assert api.sun.post(f"{act}/amend", {"body": "某局", "reason": "调动"})["body"] == "某局"
    assert "reason" in api.sun.post(f"{act}/amend", {"body": "他局"}, 422)["errors"]

    give = {"level": "area", "region": "511902"}
    for wrong in ({}, {"region": "511902", "number": number}):
        assert "region" in api.sun.post(f"{act}/give", {"level": "area"} | wrong, 422)["errors"]
    assert "level" in api.sun.post(f"{act}/give", give | {"level": "all"}, 422)["errors"]
    late = api.sun.post(f"{act}/give", give | {"from_on": "2099-01-01"}, 422)
    assert "from_on" in late["errors"]
    api.sun.post(f"{act}/give", give | {"region": "511900"}, 409)
    api.sun.post(f"{act}/give", give | {"region": "999999"}, 404)
    key = {"headers": {"Idempotency-Key": "once"}}
    for _ in range(2):
        whole = api.sun.post(f"{act}/give", give, **key)
        assert [row["region"] for row in whole["things"]] == ["511902"]
    api.sun.post(f"{act}/give", give, 409)
    whole = api.sun.post(f"{act}/give", {"level": "household", "number": number})
    kept = {row["number"]: row["id"] for row in whole["things"]}
    api.sun.post(f"{act}/end", {"reason": "离任"}, 409)
    released = api.sun.post(f"/keepings/{kept[number]}/actions/release", {"reason": "调整"})
    assert released["things"][-1]["until_on"]
    api.sun.post(f"/keepings/{kept[number]}/actions/release", {"reason": "调整"}, 404)
    itself = api.sun.post(f"{act}/hand_over", {"to": one, "reason": "离任"}, 422)
    assert itself["errors"].keys() == {"to"}, "by the name the call has for it"
    taker = api.sun.post(f"{act}/hand_over", {"to": two, "reason": "离任"})
    assert (taker["id"], [row["region"] for row in taker["things"]]) == (two, ["511902"])
    assert api.sun.post(f"{act}/end", {"reason": "离任"})["ended_at"]


def test_a_county_reaches_its_own_keepers_alone(api, make_issue):
    here, there = (
        api.sun.post("/keepers", {"name": name, "phone": name}, 201)["id"] for name in ("甲", "乙")
    )
    for one, code in ((here, "511902"), (there, "511903")):
        given = {"level": "area", "region": code}
        api.sun.post(f"/keepers/{one}/actions/give", given)
    luo = county(api)
    assert [row["name"] for row in luo.get("/keepers")["items"]] == ["甲"]
    luo.get(f"/keepers/{there}", 404)
    given = {"level": "section", "region": centre.TOWN}
    luo.post(f"/keepers/{there}/actions/give", given, 404)
    luo.post(f"/keepers/{here}/actions/give", given | {"region": "511903"}, 404)
    luo.post(f"/keepers/{here}/actions/give", given)
    luo.post(f"/keepers/{here}/actions/amend", {"body": "某局", "reason": "调动"}, 403)
    county(api, "ma").post(f"/keepers/{here}/actions/give", given, 403)


def test_what_one_keeps_is_told_with_its_duties_and_visited(api, make_issue):
    issue = make_issue(Status.RECTIFYING)
    make_issue(Status.ASSIGNED, region="511903")
    two = api.sun.post("/keepers", {"name": "乙", "account": "chen"}, 201)["id"]
    assert api.chen.get("/keeping")["total"] == 0
    api.chen.get(f"/keeping/{issue.id}", 404)
    api.sun.post(f"/keepers/{two}/actions/give", {"level": "area", "region": "511902"})
    page = api.chen.get("/keeping?limit=1")
    assert [row["number"] for row in page["items"]] == [issue.number]
    assert (page["total"], page["items"][0]["visited_on"]) == (1, None)
    url = f"/keeping/{issue.id}/actions/visit"
    assert "text" in api.chen.post(url, {}, 422)["errors"]
    seen = api.chen.post(url, {"text": "已到现场"}, 201)
    assert seen["visited_on"] == clock.today().isoformat()
    photo = FileStorage(io.BytesIO(jpeg()), filename="河边.jpg")
    boundary, body = encode_multipart({"text": "已到现场", "photos": photo})
    api.chen.ask(
        "POST", url, 201, data=body, content_type=f"multipart/form-data; boundary={boundary}"
    )
    files = api.sun.get(f"/issues/{issue.number}/evidence")["items"]
    assert [(row["kind"], row["name"]) for row in files] == [("keeper_visit", "河边.jpg")]
    api.wu.post(url, {"text": "已到现场"}, 404)
    api.wu.get(f"/keeping/{issue.id}", 404)
