"""基层减负 over the API: what the page counts, within what the caller sees."""

from people import BAZHOU, ENYANG
from schema_check import faults

from issues.vocabulary import Action, Status

PLAIN = ({"text": "清运"},)


def test_the_figures_of_a_unit_by_act(api, make_issue):
    issue = make_issue(Status.RECTIFYING, primary_unit=BAZHOU, region=BAZHOU, measures=PLAIN)
    make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text="正在清运，已完成三成。")
    make_issue.act(Action.RETURN_PROGRESS, issue, "sun", reason="缺盖章", ground="form")

    told = api.sun.get(f"/burden?unit={BAZHOU}&year=2025").json

    assert told["unit"] == BAZHOU
    by_act = {one["key"]: (one["forms"], one["form"]) for one in told["acts"]}
    assert by_act == {"submit_plan": (1, 0), "report_progress": (1, 1)}
    assert told["returns_since"] == "2025-11-25"
    assert api.chenlead.get("/burden?year=2025").json["total"]["forms"] == 2
    document = api.sun.get("/openapi.json").json
    assert list(faults(told, {"$ref": "#/components/schemas/Burden"}, document)) == []


def test_refusals(api):
    api.chen.get("/burden", 403)
    api.chenlead.get(f"/burden?unit={ENYANG}", 404)
    api.sun.get("/burden?unit=none", 404)
    api.sun.get("/burden?year=nothing", 422)
    for year in (1999, 3000, 10**19):
        assert api.sun.get(f"/burden?year={year}", 422).json["errors"]["year"]
    api.sun.get("/burden?quarter=1", 422)
