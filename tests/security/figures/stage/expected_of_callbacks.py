"""Who gets past the doors of call-backs; read with expected.py, whose letters these are."""

from letters import CITY

OF_CALLBACKS = {
    CITY: ("GET /api/v1/issues/<number>/callbacks",),
    "io": (
        "POST /api/v1/issues/<number>/callbacks",
        "POST /issues/<number>/originals/callbacks",
    ),
}
