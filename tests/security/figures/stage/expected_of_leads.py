"""Who gets past the doors of leads; read with expected.py, whose letters these are."""

OF_LEADS = {
    "iIohrlwWbB": ("POST /api/v1/leads", "GET /leads/new", "POST /leads/new"),
    "iIoh": (
        "GET /api/v1/leads",
        "GET /api/v1/leads/counts",
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
        "GET /leads/import/sample.xlsx",
        "GET /leads/<int:lead_id>/dismiss",
        "POST /leads/<int:lead_id>/dismiss",
        "GET /leads/<int:lead_id>/link",
        "POST /leads/<int:lead_id>/link",
    ),
}
