"""Who gets past the doors of 包保, typed by hand from the manual; the letters are expected.py's."""

_ACT = "/<int:keeper_id>/<any(amend, end):change>"
OF_KEEPERS = {
    "iIohvp": (
        "GET /keepers",
        "GET /api/v1/keepers",
        "GET /api/v1/keepers/<int:keeper_id>",
        "GET /keepers/<int:keeper_id>",
        "GET /keepers/<int:keeper_id>/paper",
        "GET /keepers/places",
        "GET /keepers/places/<code>",
    ),
    "iIohrlwWbBvp": ("GET /keeping", "GET /api/v1/keeping"),
    "v": (
        "GET /keeping/<int:kept_id>",
        "POST /keeping/<int:kept_id>",
        "GET /api/v1/keeping/<int:kept_id>",
        "POST /api/v1/keeping/<int:kept_id>/actions/visit",
    ),
    "o": (
        "GET /keepers/new",
        "POST /keepers/new",
        f"GET /keepers{_ACT}",
        f"POST /keepers{_ACT}",
        "GET /keepers/<int:keeper_id>/hand-over",
        "POST /keepers/<int:keeper_id>/hand-over",
        "POST /keepers/<int:keeper_id>/paper",
        "GET /keepers/release/<int:keeping_id>",
        "POST /keepers/release/<int:keeping_id>",
        "POST /keepers/places/<code>",
        "POST /api/v1/keepers",
        *(
            f"POST /api/v1/keepers/<int:keeper_id>/actions/{act}"
            for act in ("amend", "end", "give", "hand_over")
        ),
        "POST /api/v1/keepings/<int:keeping_id>/actions/release",
        "GET /keepers/unkept",
        "POST /keepers/unkept",
        "GET /keepers/import",
        "POST /keepers/import",
        "GET /keepers/import/<int:keepers_id>",
        "POST /keepers/import/<int:keepers_id>",
        "GET /keepers/import/<int:keepers_id>/errors.xlsx",
        "GET /keepers/import/sample.xlsx",
        "GET /issues/<number>/keepers",
        "POST /issues/<number>/keepers",
    ),
}
