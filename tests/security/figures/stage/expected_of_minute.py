"""Who gets past the doors of 今日要情, digests, phrases, typed by hand from the manual."""

from letters import EVERYBODY

OF_MINUTE = {
    EVERYBODY: ("GET /account/phrases", "POST /account/phrases"),
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
