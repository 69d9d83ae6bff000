"""Who gets past the doors of a paper's way; read with expected.py, whose letters these are."""

from letters import CITY

OF_COURSES = {
    CITY: (
        "GET /notices/<int:notice_id>/course",
        "GET /notices/<int:notice_id>/course.pdf",
    ),
    "oh": (
        "POST /notices/<int:notice_id>/course/opine",
        "POST /notices/<int:notice_id>/minutes",
        "POST /notices/<int:notice_id>/minutes/measures",
    ),
}
