"""Send what waits for the addresses of persons and units, and for other systems."""

from issues.ground import clock, outward
from issues.jobs.job import Tools
from issues.messages import sending, webhooks
from issues.notices.delivery.outside import deliver

ADDRESS, WEBHOOK = "address", "webhook"


def find(_tools: Tools) -> list[str]:
    """By the real time, as the outbox."""
    if not outward.may_speak():
        return []
    now = clock.real_now()
    addresses = [f"{ADDRESS} {one}" for one in sending.due(now)]
    return addresses + [f"{WEBHOOK} {one}" for one in webhooks.due(now)]


def do(_tools: Tools, unit: str) -> int:
    sort, _, number = unit.partition(" ")
    if sort == WEBHOOK:
        return webhooks.send(int(number), clock.real_now(), webhooks.post)
    return sending.send(int(number), clock.real_now(), deliver)
