"""What a form carries that the phone told, beside what the person typed."""

from typing import Any

from flask import request

from issues.ground import clock
from issues.models import Capture
from issues.onsite import captured
from issues.web.door import forms
from issues.web.door.guards import actor
from issues.web.door.once import FormReused, sent_key, what_was_sent

CLOCK = "X-Device-Time"
"""What the phone's clock says while it sends: no part of what was written down."""
AT, ACCURACY = "device_at", "accuracy"


def known() -> Capture | None:
    """What this same form recorded before, however long ago. Raises FormReused for another one."""
    found = captured.known(actor(), sent_key())
    if found is not None and found.request != what_was_sent():
        raise FormReused
    return found


def keep(**of: Any) -> None:
    """Beside the record just made, `note` or `checked`. Never commits."""
    now = clock.now()
    said = captured.told(
        forms.carried(AT), request.headers.get(CLOCK, ""), forms.carried(ACCURACY), now
    )
    if said is not None:
        captured.keep(actor(), said, now, key=sent_key(), request=what_was_sent(), **of)
