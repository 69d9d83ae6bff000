"""Doors of the names of units, the places and the papers, for the table of doors."""

from letters import BUSINESS, CITY

_ACT = "/<code>/<any(below, rename, move, end, restore):act>"
OF_NAMES_AND_PLACES = (
    "GET /admin/aliases",
    "POST /admin/aliases",
    "POST /admin/aliases/<int:alias_id>/end",
    "GET /admin/regions",
    "GET /admin/regions/new",
    "POST /admin/regions/new",
    "GET /admin/regions/<code>",
    f"GET /admin/regions{_ACT}",
    f"POST /admin/regions{_ACT}",
    "GET /admin/regions/city",
    "GET /admin/regions/city/<city_code>",
    "POST /admin/regions/city/<city_code>",
    "GET /admin/regions/import",
    "POST /admin/regions/import",
    "GET /admin/regions/import/sample.xlsx",
)
OF_NO_CENTRE = (
    "GET /county-rounds/<int:meeting_id>",
    "POST /county-rounds/<int:meeting_id>/keep",
    "POST /county-rounds/<int:meeting_id>/press",
    "POST /county-rounds/<int:meeting_id>/close",
    "GET /api/v1/county-rounds/<int:round_id>",
    "POST /api/v1/county-rounds/<int:round_id>/actions/<action>",
)
"""A round of a county's centre, of which the stage has none: test_county_rounds.py asks."""

OF_CALLBACKS = {
    CITY: ("GET /api/v1/issues/<number>/callbacks",),
    "io": (
        "POST /api/v1/issues/<number>/callbacks",
        "POST /issues/<number>/originals/callbacks",
    ),
}
"""The doors of call-backs."""

OF_COUNTIES = {
    "iIohvp": ("GET /api/v1/county-rounds",),
    "": ("POST /api/v1/county-rounds",),
}
"""Of counties' rounds: the stage has no county's people, test_county_rounds.py asks for them."""

OF_PAPERS = {
    BUSINESS: (
        "GET /notices/ledger",
        "GET /notices/ledger.xlsx",
        "GET /api/v1/notices/ledger",
        "GET /api/v1/notices/series",
    ),
    "ohv": ("GET /notices/signing", "POST /notices/signing", "POST /notices/signing/papers"),
    "rl": ("POST /notices/<int:notice_id>/reply/draft",),
    "o": ("POST /notices/<int:notice_id>/minutes",),
    CITY + "vp": (
        "GET /notices/<int:notice_id>/course",
        "GET /notices/<int:notice_id>/course.pdf",
    ),
    "iIohrlvp": (
        "GET /api/v1/notices/<int:notice_id>/points",
        "GET /notices/<int:notice_id>/desk/sheets/<int:page>.png",
        "GET /api/v1/notices/<int:notice_id>/paragraphs",
    ),
    "oh": (
        "POST /notices/<int:notice_id>/desk",
        "POST /notices/<int:notice_id>/desk/annexes",
        "GET /notices/<int:notice_id>/desk/text",
        "POST /notices/<int:notice_id>/desk/text",
        "POST /notices/<int:notice_id>/desk/text/accept",
        "POST /notices/<int:notice_id>/desk/typing",
        "GET /notices/<int:notice_id>/desk/versions",
        "POST /notices/<int:notice_id>/desk/versions",
        "PATCH /api/v1/notices/<int:notice_id>/paragraphs",
        "POST /notices/<int:notice_id>/course/opine",
        "POST /notices/<int:notice_id>/minutes/measures",
    ),
}
"""What is signed together, kept in the ledger of papers, begun by the unit; a paper's course."""

OF_ROUNDS = {
    "iIohvp": (
        "GET /rounds/<int:round_id>/room",
        "GET /rounds/<int:round_id>/room/state",
        "POST /rounds/<int:round_id>/room/place",
    ),
    "o": (
        "POST /rounds/<int:round_id>/room/<any(confirm, hold, raise):decision>",
        "POST /rounds/<int:round_id>/room/back",
        "POST /rounds/<int:round_id>/bulk",
        "POST /rounds/<int:round_id>/bulk/do",
        "GET /rounds/<int:round_id>/minutes",
        "POST /rounds/<int:round_id>/minutes",
    ),
}
"""A round where it is held."""
OF_MEETINGS = (OF_PAPERS, OF_ROUNDS)
