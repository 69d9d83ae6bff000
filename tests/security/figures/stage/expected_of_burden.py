"""Who gets past the doors of 基层减负, typed by hand from the manual."""

OF_BURDEN = {
    "ohlWBv": (
        "GET /burden",
        "GET /burden/events",
        "GET /burden.xlsx",
        "GET /api/v1/burden",
    ),
}
