"""Tell outside what was signed: one digest a channel, again later where it was not taken."""

from issues.ground import clock, outward
from issues.jobs.job import Tools
from issues.notices.delivery import outbox
from issues.notices.delivery.outside import deliver


def find(tools: Tools) -> list[str]:
    """By the real time: a try is due when it is due, whatever the business date."""
    if not tools.notify_urls or not outward.may_speak():
        return []
    due = outbox.due(clock.real_now())
    return [channel.key for channel in outbox.channels(tools.notify_urls) if channel.key in due]


def do(tools: Tools, unit: str) -> int:
    known = {channel.key: channel for channel in outbox.channels(tools.notify_urls)}
    return outbox.send(known[unit], clock.real_now(), deliver)
