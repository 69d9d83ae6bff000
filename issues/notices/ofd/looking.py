"""What a look at an OFD tells of its seal: whose, by which certificate, and whether it holds.

It is read as any reader would: from the package alone. Whether who issued the certificate is to be
trusted is for the operator's seal service to say: the product knows no such anchors.
"""

import base64
import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from xml.etree.ElementTree import ParseError

from asn1crypto import core, x509
from defusedxml.ElementTree import fromstring

from issues.ground.secrecy import algorithms
from issues.notices.ofd.sealing import HALF, SIGNATURE, SIGNS
from issues.notices.ofd.ses import SESSignature
from issues.notices.ofd.writing import NAMESPACE

_NAMES = f"{{{NAMESPACE}}}"
_VALUE = f"{SIGNS}/Sign_0/SignedValue.dat"


class Sealed(NamedTuple):
    """`seal` is its name, `holder` and `issuer` are names in its certificate.

    `is_good`: every part of the file is under it and unchanged, and it was in time.
    """

    seal: str
    holder: str
    issuer: str
    at: datetime
    is_good: bool

    @property
    def sentence(self) -> str:
        if self.is_good:
            return "已加盖，文件自盖章后未被改动"
        return "已加盖，但印章与文件不符：文件在盖章后被改动，或印章不在有效期内"


def look(data: bytes) -> Sealed | None:
    """None where the file bears no seal. Raises ValueError where it bears one nobody can read."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if _VALUE not in parts:
        return None
    try:
        signature = SESSignature.load(parts[_VALUE], strict=True)
        to_sign = signature["to_sign"]
        told = to_sign["seal"]["info"]["property"]
        certificate = x509.Certificate.load(signature["certificate"].native, strict=True)
        at = to_sign["at"].native
        in_time = told["valid_from"].native <= at <= told["valid_until"].native
        return Sealed(
            seal=told["name"].native,
            holder=_name(certificate.subject),
            issuer=_name(certificate.issuer),
            at=at,
            is_good=in_time and _covers(parts, to_sign) and _is_signed(signature, certificate),
        )
    except (TypeError, KeyError, ValueError, OverflowError, ParseError) as error:
        raise ValueError("the seal of the file cannot be read") from error


def _name(name: x509.Name) -> str:
    told = name.native
    return str(told.get("common_name") or told.get("organization_name") or name.human_friendly)


def _covers(parts: Mapping[str, bytes], to_sign: core.Sequence) -> bool:
    """Whether every part beside the seal's own is listed as it is, and the list is the sealed."""
    listed = {
        one.get("FileRef", "").lstrip("/"): one.findtext(f"{_NAMES}CheckValue")
        for one in fromstring(parts[SIGNATURE]).iter(f"{_NAMES}Reference")
    }
    there = {name: _digest(data) for name, data in parts.items() if not name.startswith(SIGNS)}
    return listed == there and _digest(parts[SIGNATURE]) == _base64(_bytes(to_sign["digest"]))


def _digest(data: bytes) -> str:
    return _base64(bytes.fromhex(algorithms.digest(algorithms.SM3, data)))


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _is_signed(signature: core.Sequence, certificate: x509.Certificate) -> bool:
    """By the key of the certificate it names, which is among those of the seal."""
    held = signature["to_sign"]["seal"]["info"]["property"]["certificates"].native
    if signature["certificate"].native not in held:
        return False
    pair = core.SequenceOf.load(_bytes(signature["signature"]), spec=core.Integer).native
    signed = b"".join(one.to_bytes(HALF) for one in pair).hex()
    public = _bytes(certificate["tbs_certificate"]["subject_public_key_info"]["public_key"])
    data = signature["to_sign"].dump()
    return algorithms.is_signed(algorithms.SM2, public[1:].hex(), data, signed)


def _bytes(one: core.BitString) -> bytes:
    """Of a bit string of whole bytes."""
    return bytes(one.contents[1:])
