"""What is like a problem or a ticket, through the API: with why, and within one's sight."""

from drafts import DRAFT
from schema_check import faults

from issues.vocabulary import Status

ASKED = "/similar?text=场镇生活污水直排小溪河，水体发黑发臭。&region=511902"


def numbers(answer):
    return [one["number"] for one in answer["items"]]


def test_it_is_told_with_why_and_only_in_sight(api, make_issue):
    one = make_issue(
        Status.DRAFT, problem="场镇生活污水直排小溪河，水体发黑。", lon=106.76, lat=31.85
    )
    other = make_issue(Status.DRAFT, problem="场镇生活污水直排小溪河，水体黑臭。")

    told = api.sun.get(f"{ASKED}&lon=106.76&lat=31.851")

    assert set(numbers(told)) == {one.number, other.number}
    assert told["items"][0]["likeness"] > 0.7
    whys = [why for item in told["items"] for why in item["because"]]
    assert {"what": "距离", "how": "相距111米"} in whys
    assert numbers(api.chen.get(ASKED)) == []
    of_ticket = api.sun.get(f"/issues/{one.number}/similar")
    assert numbers(of_ticket) == [other.number]
    assert of_ticket["items"][0]["linked"] is None
    api.chen.get(f"/issues/{one.number}/similar", 404)


def test_the_same_words_at_the_same_point_under_another_source_enter_with_a_word(api):
    words = "场镇生活污水直排小溪河，水体发黑发臭。"
    said = DRAFT | {"source": "ZC", "problem": words, "lon": 106.76, "lat": 31.85}
    first = api.sun.post("/issues", said, 201)
    again = api.sun.post("/issues", said | {"source": "YG"}, 201)
    other = api.sun.post("/issues", said | {"problem": "采石场夜间爆破，粉尘和噪声扰民。"}, 201)

    assert [one["number"] for one in again["similar"]] == [first["number"]]
    assert {"what": "字词", "how": "相同100%"} in again["similar"][0]["because"]
    assert not {"similar"} & {*first.json, *other.json}


def test_what_is_asked_wrongly_is_told_at_its_place(api):
    document = api.sun.get("/openapi.json").json
    assert "text" in api.sun.get("/similar", 422)["errors"]
    assert "lat" in api.sun.get(f"{ASKED}&lon=106.7", 422)["errors"]
    assert "region" in api.sun.get("/similar?text=甲&region=999999", 422)["errors"]
    assert "x" in api.sun.get(f"{ASKED}&x=1", 422)["errors"]
    schema = {"$ref": "#/components/schemas/SimilarIssue"}
    assert list(faults({"number": 1}, schema, document))
