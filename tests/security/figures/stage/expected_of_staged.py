"""Who puts files aside for a form (of a lead, here), and takes them away: typed from ADR 0077."""

OF_STAGED = {
    "iIohrlwWbB": ("POST /staged/parts",),
    "": (
        "GET /staged/parts/<signed>",
        "POST /staged/parts/<signed>",
        "POST /staged/parts/<signed>/finish",
        "POST /staged/parts/<signed>/drop",
        "GET /staged/parts/<signed>/preview",
    ),
}
"""The word the city holds is of a ticket's own file, so it opens none of these to anybody."""
