"""The same of units and people: workbooks, roles asked for, work handed over, units reformed."""

OF_PEOPLE = {
    "s": (
        "GET /admin/units",
        "GET /admin/units/<code>",
        "POST /admin/units/<code>",
        "GET /admin/units/new",
        "POST /admin/units/new",
        "GET /admin/accounts/import",
        "POST /admin/accounts/import",
        "GET /admin/accounts/import/sample.xlsx",
        "GET /admin/accounts/import/<int:people_id>",
        "POST /admin/accounts/import/<int:people_id>",
        "GET /admin/accounts/import/<int:people_id>/errors.xlsx",
        "POST /admin/accounts/import/<int:people_id>/slips",
        "GET /admin/units/import",
        "POST /admin/units/import",
        "GET /admin/units/import/sample.xlsx",
        "GET /admin/units/import/<int:units_id>",
        "POST /admin/units/import/<int:units_id>",
        "GET /admin/units/import/<int:units_id>/errors.xlsx",
    ),
    "c": (
        "GET /admin/grants/asked",
        "POST /admin/grants/asked",
    ),
}
