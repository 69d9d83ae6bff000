"""Who gets past the doors of pollution sources and of 准入, typed by hand from the manual."""

_ACT = "/<int:polluter_id>/<any(amend, end):change>"
OF_POLLUTERS = {
    "iIohrlwWbBvp": ("GET /access", "POST /access", "POST /api/v1/access"),
    "iIohvp": (
        "GET /polluters",
        "GET /polluters/<int:polluter_id>",
        "GET /api/v1/polluters",
        "GET /api/v1/polluters/<int:polluter_id>",
    ),
    "iIo": (
        "GET /polluters/new",
        "POST /polluters/new",
        f"GET /polluters{_ACT}",
        f"POST /polluters{_ACT}",
        "GET /polluters/import",
        "POST /polluters/import",
        "GET /polluters/import/<int:roster_id>",
        "POST /polluters/import/<int:roster_id>",
        "GET /polluters/import/<int:roster_id>/errors.xlsx",
        "GET /polluters/import/sample.xlsx",
        "GET /issues/<number>/polluters",
        "POST /issues/<number>/polluters/tie",
        "POST /issues/<number>/polluters/untie",
        "POST /api/v1/issues/<number>/actions/tie_polluter",
        "POST /api/v1/issues/<number>/actions/untie_polluter",
    ),
}
