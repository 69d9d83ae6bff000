"""The key of the imprints, derived from the installation's secret; never in the database."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping

ALGORITHM = "hmac-sha256"


class _Held:
    newest: str = ""
    keys: Mapping[str, bytes] = {}


def use_secret(secret: str, earlier: Iterable[str] = ()) -> None:
    """Derive the keys from the secret in force and from those it followed."""
    known = {id_of(key): key for key in map(_derived, earlier)}
    newest = _derived(secret)
    _Held.newest, _Held.keys = id_of(newest), known | {id_of(newest): newest}


def _derived(secret: str) -> bytes:
    return hashlib.sha256(b"imprints:" + secret.encode()).digest()


def id_of(key: bytes) -> str:
    """A name of the key that tells nothing of it."""
    return hashlib.sha256(b"id:" + key).hexdigest()[:16]


def newest() -> tuple[str, bytes]:
    """What new imprints are made with. RuntimeError where no secret was handed over."""
    if not _Held.newest:
        message = "imprints.keys.use_secret() has not been called"
        raise RuntimeError(message)
    return _Held.newest, _Held.keys[_Held.newest]


def key_named(key_id: str) -> bytes | None:
    return _Held.keys.get(key_id)


def mac_of(key: bytes, *parts: object) -> str:
    return hmac.digest(key, "\n".join(map(str, parts)).encode(), "sha256").hex()
