"""A text into drafts over the API; nothing is written."""

from sqlalchemy import func, select
from text_bodies import PASTED as TEXT

from extensions import db
from issues.models import Issue, TextDocument


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_api_reads_a_text_and_writes_nothing(api):
    answered = api.sun.post("/texts/read", {"text": TEXT, "source": "AF"}).json

    first = answered["items"][0]
    assert first["title"] == "某河段生活污水直排"
    assert first["paragraph"] == [5, 11]
    assert (first["deadline"], first["deadline_text"]) == ("2026-06-30", "2026年6月底前")
    assert first["units"] == ["511902", "511900-STHJ", "511900-HWB"]
    assert (first["types"], first["township"]) == (["水"], "")
    assert [one["text"] for one in first["measures"]] == ["封堵排口2处", "清理河道。"]
    assert {one["field"] for one in first["guesses"]} == {
        "region",
        "targets",
        "types",
        "measures.1",
    }
    table = "序号\t存在问题\t整改时限\t责任单位\n1\t某处污水直排。\t2025年底前\t巴州区"
    [row] = api.sun.post("/texts/read", {"text": table}).json["items"]
    assert (row["deadline"], row["units"]) == ("2025-12-31", ["511902"])
    assert (row["problem"], row["paragraph"]) == ("某处污水直排。", [2, 2])
    assert not {"deadline", "primary_unit"} & {one["field"] for one in row["guesses"]}
    assert count(Issue) == count(TextDocument) == 0
    api.sun.post("/texts/read", {"text": ""}, 422)
    api.chen.post("/texts/read", {"text": TEXT}, 403)
