"""Contradictions through the API: the same as on the page, for the same persons."""

from schema_check import faults

from issues.vocabulary import Action, Status

MEASURES = (
    {"text": "清理堆放的废旧塑料。", "start": "2025-10-10", "deadline": "2026-06-30",
     "target": "60", "unit_of_target": "户"},
)  # fmt: skip


def test_what_differs_is_listed_for_who_reviews(api, make_issue):
    issue = make_issue(Status.RECTIFYING, measures=MEASURES)
    make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text="累计清理66户。")
    url = f"/issues/{issue.number}/contradictions"

    listed = api.liu.get(url)

    (one,) = listed["items"]
    assert (one["kind"], one["state"], one["verdict"], listed["total"]) == (
        "count_over_target", "open", None, 1,
    )  # fmt: skip
    assert one["because"] == "所报66户，措施1目标值60户，多出6户"
    assert (one["one"]["source"], one["one"]["text"], one["one"]["mark"]) == (
        "report", "累计清理66户", "66户",
    )  # fmt: skip
    document = api.sun.get("/openapi.json").json
    assert list(faults(one, {"$ref": "#/components/schemas/Contradiction"}, document)) == []
    api.chen.get(url, 403)
    api.wu.get(url, 404)
