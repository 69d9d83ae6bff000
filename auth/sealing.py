"""How the secret of a second factor is kept: sealed with a key made from the product's own secret.

The key is handed over once at the start, as the business date is to the clock.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken

from issues.ground.refusals import WrongStatus

OTHER_KEY = (
    "动态口令的密钥无法解开：系统的 SECRET_KEY 与启用时不同。请使用恢复码，或由系统管理员换回原值。"
)


class _Key:
    sealer: Fernet | None = None


def use_secret(secret: str) -> None:
    digest = hashlib.sha256(b"second factor:" + secret.encode()).digest()
    _Key.sealer = Fernet(base64.urlsafe_b64encode(digest))


def _sealer() -> Fernet:
    if _Key.sealer is None:
        message = "sealing.use_secret() has not been called"
        raise RuntimeError(message)
    return _Key.sealer


def seal(text: str) -> bytes:
    return _sealer().encrypt(text.encode())


def opened(sealed: bytes) -> str:
    """Raises WrongStatus where it was sealed with another key."""
    try:
        return _sealer().decrypt(sealed).decode()
    except InvalidToken:
        raise WrongStatus(OTHER_KEY) from None
