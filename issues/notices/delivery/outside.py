"""Delivery outside by apprise: mail, 企业微信, 钉钉, 飞书, by the address of each channel."""

import logging

from issues.ground import outward

logger = logging.getLogger(__name__)


def deliver(url: str, title: str, text: str) -> bool:
    """True where the far side took it. No address and no answer of it is logged."""
    return outward.pass_out(lambda: _deliver(url, title, text))


def _deliver(url: str, title: str, text: str) -> bool:
    """To the address itself: where the far side leads elsewhere, nobody follows."""
    import apprise  # noqa: PLC0415 - reads eighty plug-ins; only the process that sends needs it

    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    sender = apprise.Apprise(asset=apprise.AppriseAsset(http_redirects=False))
    if not sender.add(url):
        logger.warning("outbox: an address to be told outside is not understood")
        return False
    return bool(sender.notify(title=title, body=text, body_format=apprise.NotifyFormat.TEXT))
