"""Who gets past the doors of leads; read with expected.py, whose letters these are."""

OF_LEADS = {
    "iIohrlwWbB": ("POST /api/v1/leads", "GET /leads/new", "POST /leads/new"),
    "iIoh": (
        "GET /api/v1/leads",
        "GET /api/v1/leads/counts",
        "GET /api/v1/leads/<int:lead_id>/similar",
        "GET /leads",
        "GET /leads/<int:lead_id>",
        "GET /leads/<int:lead_id>/pictures/<int:picture_id>/file",
        "GET /leads/<int:lead_id>/pictures/<int:picture_id>/preview",
    ),
    "iIo": (
        "POST /api/v1/leads/<int:lead_id>/actions/dismiss",
        "POST /api/v1/leads/<int:lead_id>/actions/link",
        "POST /api/v1/leads/<int:lead_id>/actions/to_ticket",
        "GET /leads/import",
        "POST /leads/import",
        "GET /leads/import/<int:leads_id>",
        "POST /leads/import/<int:leads_id>",
        "GET /leads/import/<int:leads_id>/errors.xlsx",
        "GET /leads/import/sample.xlsx",
        "POST /issues/<number>/similar/check",
        "GET /leads/<int:lead_id>/polluters",
        "POST /leads/<int:lead_id>/polluters/tie",
        "POST /leads/<int:lead_id>/polluters/untie",
        "GET /api/v1/leads/<int:lead_id>/polluters",
        "POST /api/v1/leads/<int:lead_id>/actions/tie_polluter",
        "POST /api/v1/leads/<int:lead_id>/actions/untie_polluter",
        "GET /leads/<int:lead_id>/dismiss",
        "POST /leads/<int:lead_id>/dismiss",
        "GET /leads/<int:lead_id>/link",
        "POST /leads/<int:lead_id>/link",
    ),
}

OF_STAGED = {
    "iIohrlwWbB": ("POST /staged",),
    "": (
        "GET /staged/<signed>",
        "POST /staged/<signed>",
        "POST /staged/<signed>/finish",
        "POST /staged/<signed>/drop",
        "GET /staged/<signed>/preview",
    ),
}
"""Who puts files aside for a form (of a lead, here), and takes them away: typed from ADR 0077.

The word the city holds is of a ticket's own file, so it opens none of these to anybody."""
