"""Who gets past the doors of 今日要情, digests, phrases, what is kept unsent and 今日路线."""

from letters import ANYBODY, EVERYBODY

OF_MINUTE = {
    EVERYBODY: (
        "GET /account/phrases",
        "POST /account/phrases",
        *("GET /kept", "POST /kept", "POST /kept/<token>/drop"),
    ),
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
OF_ONSITE = {
    "iI": (
        "GET /route",
        "POST /route/chosen",
        "GET /route/covert",
        "GET /route/check/<string:number>",
        "GET /route/waiting",
        "GET /route/state",
    ),
    EVERYBODY: ("GET /route/where",),
    ANYBODY: ("GET /service-worker.js",),
}
