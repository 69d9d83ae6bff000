"""Who gets past the doors of messages; read with expected.py, whose letters these are."""

OF_MESSAGES = {
    "iIohrlwWbBvpsca": (
        "GET /account/addresses",
        "POST /account/addresses",
        "POST /account/choices",
        "POST /account/feed",
        "POST /account/feed/end",
        "GET /api/v1/messages",
        "GET /messages",
        "POST /messages/read",
    ),
    "os": (
        "GET /admin/deliveries",
        "POST /admin/deliveries/<int:line_id>/retry",
        "GET /admin/webhooks",
        "POST /admin/webhooks",
        "GET /admin/webhooks/<int:webhook_id>",
        "POST /admin/webhooks/<int:webhook_id>/end",
        "POST /admin/webhooks/<int:webhook_id>/lines/<int:line_id>/replay",
    ),
    "lWB": ("GET /account/addresses/unit",),
    "l": (
        "POST /account/addresses/<int:address_id>/code",
        "POST /account/addresses/<int:address_id>/prove",
        "POST /account/addresses/<int:address_id>/test",
        "POST /account/addresses/<int:address_id>/end",
    ),
    "r": (
        "POST /api/v1/messages/<int:message_id>/actions/read",
        "POST /messages/<int:message_id>/open",
    ),
    "": ("GET /api/v1/feeds/deadlines.ics",),
}
"""Nobody gets a calendar by a session: it is opened by its own secret alone."""
