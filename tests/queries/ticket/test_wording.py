"""A value in writing is the same words wherever it is read: there is one room that writes it."""

from datetime import UTC, date, datetime

import pytest

from auth.models import Unit, User
from issues.act_fields import Field
from issues.act_fields.wording import in_words

CHOICE = (("river", "河流"), ("air", "大气"))


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("text", None, ""), ("text", "", ""), ("choices", [], ""), ("text", "0", "0"),
        ("flag", True, "是"), ("flag", False, "否"), ("integer", 0, "0"),
        ("choice", "river", "河流"), ("choice", "gone", "gone"),
        ("choices", ["air", "river"], "大气、河流"),
        ("date", date(2025, 4, 8), "2025年4月8日"), ("date", "2025-04-08", "2025年4月8日"),
        ("date", "2025-13-40", "2025-13-40"), ("date", "四月", "四月"),
        ("moment", "2025-04-08T01:30:00+00:00", "2025-04-08 09:30"),
        ("moment", datetime(2025, 4, 8, 1, 30, tzinfo=UTC), "2025-04-08 09:30"),
        ("unit", Unit(name="示范县生态环境局"), "示范县生态环境局"),
        ("units", [Unit(name="甲局"), Unit(name="乙局")], "甲局、乙局"),
        ("account", User(display_name="陈经办"), "陈经办"),
        ("file", {"id": 3, "name": "照片.jpg", "sha256": "ab"}, "照片.jpg"),
    ],
)  # fmt: skip
def test_a_value_has_one_wording(kind, value, said):
    assert in_words(Field("x", kind, "某项", choices=CHOICE), value) == said
