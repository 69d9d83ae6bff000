"""Delivery outside by apprise: mail, 企业微信, 钉钉, 飞书, by the address of each channel."""

import logging

logger = logging.getLogger(__name__)


def deliver(url: str, title: str, text: str) -> bool:
    """True where the far side took it. No address and no answer of it is logged."""
    import apprise  # noqa: PLC0415 - reads eighty plug-ins; only the process that sends needs it

    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    sender = apprise.Apprise()
    if not sender.add(url):
        logger.warning("outbox: an address of NOTIFY_URLS is not understood")
        return False
    return bool(sender.notify(title=title, body=text, body_format=apprise.NotifyFormat.TEXT))
