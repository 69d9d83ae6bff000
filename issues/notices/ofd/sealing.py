"""An OFD sealed: the digest of each of its parts, and over them the signature of a seal (18).

A certified seal service is put in the place of `SoftSeal` by the same one act. The software key is
SM2 and SM3 without a product's certificate; no picture is drawn by us, the seal brings its own.
"""

import base64
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol

from asn1crypto import core, keys, pem

from issues.ground import clock
from issues.ground.packed.archive import packed
from issues.ground.packed.markup import part, tag, words
from issues.ground.refusals import Refusal
from issues.ground.secrecy import algorithms
from issues.notices.ofd.ses import SM2_WITH_SM3, SM3, SESeal, SESSignature, ToSign, bits
from issues.notices.ofd.writing import FOLDER, NAMESPACE, ROOT

PROVIDER = "hjzg"
SIGNS = f"{FOLDER}/Signs"
SIGNATURE = f"{SIGNS}/Sign_0/Signature.xml"
HALF = 32
UNREADABLE = "电子印章或其密钥读不出，没有签发，请系统管理员核对文件。"
OVER = "电子印章不在有效期内，没有签发，请系统管理员更换印章。"


class CannotSeal(Refusal):
    """Nothing is signed."""

    status = 409
    heading = "电子印章不能使用"


class OfdSeal(Protocol):
    """What seals papers."""

    def sealed(self, digest: bytes, place: str, at: datetime) -> bytes:
        """SES_Signature in DER over the SM3 digest of the part at this place of the package."""

    def as_issued(self) -> bytes:
        """SESeal in DER."""


@dataclass(frozen=True)
class SoftSeal:
    """A seal in a file (SESeal, DER), and the SM2 key of who holds it (PKCS #8, PEM or DER)."""

    file: Path
    key: Path

    @cached_property
    def _held(self) -> tuple[SESeal, bytes]:
        try:
            seal = SESeal.load(self.file.read_bytes(), strict=True)
            data = self.key.read_bytes()
            data = pem.unarmor(data)[2] if pem.detect(data) else data
            secret = keys.PrivateKeyInfo.load(data)["private_key"].parsed["private_key"].native
            seal["info"]["property"]["certificates"][0]  # read, or it raises
            return seal, (secret - 1).to_bytes(HALF)
        except (OSError, ValueError, TypeError, IndexError, OverflowError) as error:
            raise CannotSeal(UNREADABLE) from error

    def as_issued(self) -> bytes:
        return bytes(self._held[0].dump())

    def sealed(self, digest: bytes, place: str, at: datetime) -> bytes:
        """Raises CannotSeal."""
        seal, secret = self._held
        told = seal["info"]["property"]
        if not told["valid_from"].native <= at <= told["valid_until"].native:
            raise CannotSeal(OVER)
        to_sign = ToSign({
            "version": 4, "seal": seal, "at": core.GeneralizedTime(at.replace(microsecond=0)),
            "digest": bits(digest), "place": place,
        })  # fmt: skip
        signature = bytes.fromhex(algorithms.sign(algorithms.SM2, secret, to_sign.dump()))
        r, s = signature[:HALF], signature[HALF:]
        pair = core.SequenceOf([int.from_bytes(one) for one in (r, s)], spec=core.Integer)
        made = SESSignature({
            "to_sign": to_sign, "certificate": told["certificates"][0].native,
            "algorithm": SM2_WITH_SM3, "signature": bits(pair.dump()),
        })  # fmt: skip
        return bytes(made.dump())


def seal_package(data: bytes, seal: OfdSeal, at: datetime) -> bytes:
    """The same package, sealed. Raises CannotSeal."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    told = tag("ofd:Signatures", f"/{SIGNS}/Signatures.xml")
    parts[ROOT] = parts[ROOT].replace(b"</ofd:DocBody>", f"{told}</ofd:DocBody>".encode())
    signature = _signature(parts, at)
    digest = bytes.fromhex(algorithms.digest(algorithms.SM3, signature))
    listed = tag("ofd:Signature", ID="s001", Type="Seal", BaseLoc="Sign_0/Signature.xml")
    parts |= {
        f"{SIGNS}/Signatures.xml": _part("Signatures", tag("ofd:MaxSignId", "s001"), listed),
        SIGNATURE: signature,
        f"{SIGNS}/Sign_0/Seal.esl": seal.as_issued(),
        f"{SIGNS}/Sign_0/SignedValue.dat": seal.sealed(digest, f"/{SIGNATURE}", at),
    }
    return packed(parts)


def _signature(parts: Mapping[str, bytes], at: datetime) -> bytes:
    """Every part that is there before the seal, by its SM3 digest."""
    references = (
        tag("ofd:Reference", tag("ofd:CheckValue", _checked(data)), FileRef=f"/{name}")
        for name, data in parts.items()
    )
    moment = clock.local(at).strftime("%Y%m%d%H%M%S")
    info = tag(
        "ofd:SignedInfo",
        tag("ofd:Provider", ProviderName=PROVIDER),
        tag("ofd:SignatureMethod", SM2_WITH_SM3),
        tag("ofd:SignatureDateTime", words(moment)),
        tag("ofd:References", *references, CheckMethod=SM3),
        tag("ofd:Seal", tag("ofd:BaseLoc", "Seal.esl")),
    )
    return _part("Signature", info, tag("ofd:SignedValue", "SignedValue.dat"))


def _checked(data: bytes) -> str:
    digest = bytes.fromhex(algorithms.digest(algorithms.SM3, data))
    return base64.b64encode(digest).decode()


def _part(name: str, *inside: str) -> bytes:
    return part(tag(f"ofd:{name}", *inside, xmlns__ofd=NAMESPACE))
