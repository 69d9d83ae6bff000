"""Who gets past the doors of texts; read with expected.py, whose letters these are."""

OF_TEXTS = {
    "oh": ("GET /texts", "GET /texts/<int:document_id>", "POST /api/v1/texts/read"),
    "h": ("POST /texts/<int:document_id>/withdraw",),
    "o": (
        "POST /texts",
        "GET /texts/<int:document_id>/<int:place>",
        "POST /texts/<int:document_id>/<int:place>",
        "POST /texts/<int:document_id>/all",
    ),
}
