"""Who gets past the doors of 今日要情 and the digests, typed by hand from the manual."""

OF_MINUTE = {
    "v": (
        "GET /minute",
        "GET /minute/<int:issue_id>",
        "POST /minute/<int:issue_id>",
        "GET /minute/phrases",
        "POST /minute/phrases",
        "GET /digests",
        "POST /digests/<int:digest_id>/read",
        "POST /digests/switch",
    ),
}
