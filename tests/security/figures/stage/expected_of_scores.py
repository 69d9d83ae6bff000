"""Who gets past the doors of 考核, typed by hand from the manual; the letters are expected.py's."""

_ACTS = "POST /api/v1/scores/<int:entry_id>/actions"
OF_SCORES = {
    "iIohrlwWbBvp": (
        "GET /scores",
        "GET /scores.xlsx",
        "GET /api/v1/scores",
    ),
    "iIohrlvp": (
        "GET /scores/<unit>",
        "GET /scores/<unit>/sheet",
    ),
    "ohp": (
        "GET /policy/drafts/<int:draft_id>",
        "GET /policy/drafts/<int:draft_id>/lab",
        "GET /scores/preview/<int:draft_id>",
    ),
    "op": (
        "POST /policy/drafts",
        "POST /policy/drafts/<int:draft_id>",
        "POST /policy/drafts/<int:draft_id>/drop",
    ),
    "l": (
        "GET /scores/appeals/<int:entry_id>/new",
        "POST /scores/appeals/<int:entry_id>/new",
        f"{_ACTS}/appeal",
    ),
    "p": (
        "GET /scores/report.pdf",
        "POST /scores/<unit>/sheet",
        "GET /scores/signing",
        "POST /scores/signing",
        "GET /scores/<unit>/sheet.pdf",  # no paper is signed in the city: its draft is the signer's
        "GET /scores/appeals",
        "GET /scores/appeals/<int:entry_id>",
        "POST /scores/appeals/<int:entry_id>",
        "GET /scores/publish",
        "POST /scores/publish",
        f"{_ACTS}/uphold",
        f"{_ACTS}/reject",
        "POST /api/v1/scores/actions/publish",
    ),
}
