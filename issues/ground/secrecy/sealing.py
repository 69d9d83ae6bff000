"""What few may read is kept sealed: authenticated ciphertext that names its algorithm and its key.

A sealed text is one line that says how it was sealed, then parts of a mebibyte each, so that a film
needs no memory. Every part is bound to that line, to its place, to whether it is the last, and to
what the text belongs to: none can be moved, dropped or put before another row. Which keys there are
is handed over once at the start; the first seals, the others only open what was sealed before.
"""

import base64
import contextlib
import hmac
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import IO

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from issues.ground.refusals import Refusal
from issues.ground.secrecy import algorithms

MARK = b"sealed-1"
DERIVED = b"sealing key 1"
PART = 1 << 20
SALT = 16
LONGEST_LINE = 120


class CannotOpen(Refusal):
    """It was sealed with a key or an algorithm that this installation has not."""

    status = 503


class NoSuchKey(CannotOpen):
    def __init__(self, key_id: str) -> None:
        self.key_id = key_id
        super().__init__(
            f"内容用另一把密钥（编号{key_id}）封存，现在打不开。请系统管理员补上当时的密钥，"
            "做法见部署手册中更换密钥的一段。"
        )


class NoSuchToken(CannotOpen):
    def __init__(self) -> None:
        super().__init__(
            "内容在升级前用另一把密钥封存，现在打不开。请系统管理员补上当时的密钥，"
            "做法见部署手册中更换密钥的一段。"
        )


class NoSuchAlgorithm(CannotOpen):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"内容用本版本没有的算法（{name}）封存，现在打不开。请升级到新版本后再试。"
        )


class Tampered(CannotOpen):
    def __init__(self) -> None:
        super().__init__("封存的内容与封存时不一致，可能已损坏或被改动。请系统管理员从备份恢复。")


@dataclass(frozen=True, slots=True)
class Key:
    """`id` tells keys apart and says nothing of them."""

    id: str
    value: bytes


def key_of(secret: str) -> Key:
    value = HKDF(SHA256(), 32, salt=None, info=DERIVED).derive(secret.encode())
    return Key(sha256(b"key id:" + value).hexdigest()[:16], value)


class _Keys:
    """Every key by its id, the one that seals first; and the cipher that seals from now on."""

    secrets: Sequence[str] = ()
    known: dict[str, Key] = {}
    cipher = algorithms.FAMILIES[algorithms.GENERAL].cipher


def use_secrets(secrets: Sequence[str], family: str = algorithms.GENERAL) -> None:
    """Derive the keys of an installation: of its secret, and of those it had before."""
    _Keys.secrets = tuple(secrets)
    _Keys.cipher = algorithms.FAMILIES[family].cipher
    _Keys.known = {key.id: key for key in map(key_of, secrets)}


def current_key() -> str:
    """The id of the key that seals."""
    return next(iter(_Keys.known))


def knows(key_id: str) -> bool:
    return key_id in _Keys.known


def secrets_of(belongs_to: str) -> list[str]:
    """For one person's own device to make a key of: by each key of the installation, in hex."""
    return [
        hmac.digest(key.value, b"device:" + belongs_to.encode(), "sha256").hex()
        for key in _Keys.known.values()
    ]


def is_sealed(kept: bytes) -> bool:
    return kept.startswith(MARK + b" ")


def seal(text: bytes, belongs_to: str) -> bytes:
    """A short text, whole. It opens for the same thing alone."""
    return b"".join(sealing(io.BytesIO(text), belongs_to))


def sealing(source: IO[bytes], belongs_to: str) -> Iterator[bytes]:
    """The same of a long one, part by part."""
    key, cipher, salt = _Keys.known[current_key()], _Keys.cipher, os.urandom(SALT)
    line = b" ".join((MARK, cipher.encode(), key.id.encode(), salt.hex().encode())) + b"\n"
    yield line
    own, about = _own_key(key, cipher, salt), line + belongs_to.encode()
    for place, (part, is_last) in enumerate(_parts(source, PART)):
        yield algorithms.encrypt(cipher, own, _nonce(place, is_last=is_last), part, about)


def open_sealed(sealed: bytes, belongs_to: str) -> bytes:
    """Raises CannotOpen."""
    return b"".join(opening(io.BytesIO(sealed), belongs_to))


def open_token(token: bytes, label: str) -> bytes:
    """What was sealed before texts named their keys: by Fernet, of a secret and a label."""
    for secret in _Keys.secrets:
        key = base64.urlsafe_b64encode(sha256(f"{label}:{secret}".encode()).digest())
        with contextlib.suppress(InvalidToken):
            return Fernet(key).decrypt(token)
    raise NoSuchToken


def opening(source: IO[bytes], belongs_to: str) -> Iterator[bytes]:
    """The text part by part; the first is opened before any is asked for. Raises CannotOpen."""
    parts = _opened(source, belongs_to)
    first = next(parts)

    def all_of_them() -> Iterator[bytes]:
        yield first
        yield from parts

    return all_of_them()


def _opened(source: IO[bytes], belongs_to: str) -> Iterator[bytes]:
    line = source.readline(LONGEST_LINE)
    try:
        mark, *said = line.split()
        name, key_id, salt = (part.decode() for part in said)
        own_salt = bytes.fromhex(salt)
    except ValueError:
        raise Tampered from None
    if mark != MARK or not algorithms.is_cipher(name):
        raise NoSuchAlgorithm(name)
    key = _Keys.known.get(key_id)
    if key is None:
        raise NoSuchKey(key_id)
    own, about = _own_key(key, name, own_salt), line + belongs_to.encode()
    for place, (part, is_last) in enumerate(_parts(source, PART + algorithms.TAG)):
        try:
            yield algorithms.decrypt(name, own, _nonce(place, is_last=is_last), part, about)
        except algorithms.NotAuthentic:
            raise Tampered from None


def _own_key(key: Key, cipher: str, salt: bytes) -> bytes:
    """Each text has a key of its own, so that a count of its parts is nonce enough."""
    length = algorithms.key_length(cipher)
    return HKDF(SHA256(), length, salt=salt, info=cipher.encode()).derive(key.value)


def _parts(source: IO[bytes], length: int) -> Iterator[tuple[bytes, bool]]:
    """Each part and whether it is the last; of nothing one empty part."""
    part = source.read(length)
    while following := source.read(length):
        yield part, False
        part = following
    yield part, True


def _nonce(place: int, *, is_last: bool) -> bytes:
    return place.to_bytes(11, "big") + bytes([is_last])
