"""Who gets past the doors of counties' rounds; read with expected.py, whose letters these are.

The stage has no county's people: test_county_rounds.py of the interface asks for them.
"""

OF_COUNTIES = {
    "iIohvp": ("GET /api/v1/county-rounds",),
    "": ("POST /api/v1/county-rounds",),
}
