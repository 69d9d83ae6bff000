"""Digests, keyed digests, ciphers and signatures by their ids; the one list of them.

What is kept names its algorithm beside it and is checked by that name, whatever is chosen for new
ones today. Two families: the one used everywhere, and the national one (SM2, SM3, SM4). The
national ones are software without a product's certificate: an assessor (密评) will ask for a
certified module in their place, which goes into these same four tables. SM3 hashes no password.
"""

import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC
from gmssl.sm2 import CryptSM2, default_ecc_table

TAG = 16
GENERAL, NATIONAL = "general", "national"
SHA256, SM3 = "sha256", "sm3"
HMAC_SHA256, HMAC_SM3 = "hmac-sha256", "hmac-sm3"
AES_GCM, SM4_GCM = "aes-256-gcm", "sm4-gcm"
ED25519, SM2 = "ed25519", "sm2-sm3"


class UnknownAlgorithm(ValueError):
    """Kept under an id that this version does not know."""


class NotAuthentic(ValueError):
    """Another key, or other bytes than were sealed."""


@dataclass(frozen=True)
class Family:
    """What new things are made with."""

    digest: str
    mac: str
    cipher: str
    signature: str


FAMILIES: Mapping[str, Family] = {
    GENERAL: Family(SHA256, HMAC_SHA256, AES_GCM, ED25519),
    NATIONAL: Family(SM3, HMAC_SM3, SM4_GCM, SM2),
}


def digest(algorithm: str, data: bytes) -> str:
    """Hexadecimal. Raises UnknownAlgorithm."""
    hashed = hashes.Hash(_of(_DIGESTS, algorithm)())
    hashed.update(data)
    return hashed.finalize().hex()


def mac(algorithm: str, key: bytes, data: bytes) -> str:
    """A digest that only who holds the key can make. Raises UnknownAlgorithm."""
    keyed = HMAC(key, _of(_MACS, algorithm)())
    keyed.update(data)
    return keyed.finalize().hex()


def is_mac(algorithm: str, key: bytes, data: bytes, told: str) -> bool:
    return hmac.compare_digest(mac(algorithm, key, data).encode(), told.encode())


def is_cipher(algorithm: str) -> bool:
    return algorithm in _CIPHERS


def key_length(cipher: str) -> int:
    """In bytes. Raises UnknownAlgorithm."""
    return _of(_CIPHERS, cipher)[0]


def encrypt(cipher: str, key: bytes, nonce: bytes, data: bytes, about: bytes) -> bytes:
    """Authenticated, `about` with it; the tag at the end. Raises UnknownAlgorithm."""
    return _of(_CIPHERS, cipher)[1](key, nonce, data, about)


def decrypt(cipher: str, key: bytes, nonce: bytes, sealed: bytes, about: bytes) -> bytes:
    """Raises NotAuthentic, UnknownAlgorithm."""
    try:
        return _of(_CIPHERS, cipher)[2](key, nonce, sealed, about)
    except (InvalidTag, ValueError) as wrong:
        if isinstance(wrong, UnknownAlgorithm):
            raise
        raise NotAuthentic(cipher) from wrong


def public_key(algorithm: str, secret: bytes) -> str:
    """The half that may be shown, hexadecimal. Raises UnknownAlgorithm."""
    return _of(_SIGNATURES, algorithm)[0](secret)


def sign(algorithm: str, secret: bytes, data: bytes) -> str:
    """Hexadecimal. `secret` is of 32 bytes. Raises UnknownAlgorithm."""
    return _of(_SIGNATURES, algorithm)[1](secret, data)


def is_signed(algorithm: str, public: str, data: bytes, signature: str) -> bool:
    """Raises UnknownAlgorithm."""
    try:
        return _of(_SIGNATURES, algorithm)[2](public, data, signature)
    except ValueError:  # no hexadecimal, no point of the curve
        return False


Entry = TypeVar("Entry")


def _of(table: Mapping[str, Entry], algorithm: str) -> Entry:
    if algorithm not in table:
        raise UnknownAlgorithm(algorithm)
    return table[algorithm]


def _aes(key: bytes, nonce: bytes, data: bytes, about: bytes) -> bytes:
    return AESGCM(key).encrypt(nonce, data, about)


def _aes_back(key: bytes, nonce: bytes, sealed: bytes, about: bytes) -> bytes:
    return AESGCM(key).decrypt(nonce, sealed, about)


def sm4(key: bytes, nonce: bytes, data: bytes, about: bytes) -> bytes:
    """SM4 in GCM, the tag at the end (RFC 8998)."""
    made = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    made.authenticate_additional_data(about)
    return made.update(data) + made.finalize() + made.tag


def _sm4_back(key: bytes, nonce: bytes, sealed: bytes, about: bytes) -> bytes:
    data, tag = sealed[:-TAG], sealed[-TAG:]
    read = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
    read.authenticate_additional_data(about)
    return read.update(data) + read.finalize()


def _ed25519_public(secret: bytes) -> str:
    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw().hex()


def _ed25519(secret: bytes, data: bytes) -> str:
    return Ed25519PrivateKey.from_private_bytes(secret).sign(data).hex()


def _is_ed25519(public: str, data: bytes, signature: str) -> bool:
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    try:
        key.verify(bytes.fromhex(signature), data)
    except InvalidSignature:
        return False
    return True


def _sm2(secret: bytes) -> CryptSM2:
    """The key pair of 32 secret bytes."""
    private = int.from_bytes(secret) % (_ORDER - 2) + 1
    pair = CryptSM2(private_key=f"{private:064x}", public_key="")
    pair.public_key = pair._kg(private, pair.ecc_table["g"])  # noqa: SLF001 - it has no other door
    return pair


def _sm2_public(secret: bytes) -> str:
    return str(_sm2(secret).public_key)


def _sm2_sign(secret: bytes, data: bytes) -> str:
    """With a number of our own each time: the library's comes from no source for secrets."""
    pair = _sm2(secret)
    while True:
        signed = pair.sign_with_sm3(data, f"{secrets.randbelow(_ORDER - 1) + 1:064x}")
        if signed is not None:
            return str(signed)


def _is_sm2(public: str, data: bytes, signature: str) -> bool:
    told = bytes.fromhex(signature)
    r, s = int.from_bytes(told[:_SM2_HALF]), int.from_bytes(told[_SM2_HALF:])
    if len(told) != 2 * _SM2_HALF or not (0 < r < _ORDER and 0 < s < _ORDER):
        return False
    return bool(CryptSM2(private_key="", public_key=public).verify_with_sm3(signature, data))


_SM2_HALF = 32
_ORDER = int.from_bytes(bytes.fromhex(default_ecc_table["n"]))
_Encrypts = Callable[[bytes, bytes, bytes, bytes], bytes]
_Signature = tuple[
    Callable[[bytes], str], Callable[[bytes, bytes], str], Callable[[str, bytes, str], bool]
]
_DIGESTS: Mapping[str, type[hashes.HashAlgorithm]] = {SHA256: hashes.SHA256, SM3: hashes.SM3}
_MACS: Mapping[str, type[hashes.HashAlgorithm]] = {
    HMAC_SHA256: hashes.SHA256,
    HMAC_SM3: hashes.SM3,
}
_CIPHERS: Mapping[str, tuple[int, _Encrypts, _Encrypts]] = {
    AES_GCM: (32, _aes, _aes_back),
    SM4_GCM: (16, sm4, _sm4_back),
}
_SIGNATURES: Mapping[str, _Signature] = {
    ED25519: (_ed25519_public, _ed25519, _is_ed25519),
    SM2: (_sm2_public, _sm2_sign, _is_sm2),
}
