"""Digital signature of a finished PDF: PAdES with the operator's certificate, where there is one.

A national e-seal service can be put in the place of `Certificate` by the same two acts. No picture
of a seal is ever drawn: the signature field is invisible.
"""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from io import BytesIO
from pathlib import Path

from asn1crypto import crl, x509
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, signers
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.status import SignatureCoverageLevel, TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import ValidationError

from issues.ground.present import present
from issues.ground.refusals import Refusal
from issues.notices.pdf.lasting import lists_of
from issues.notices.pdf.signature import Finding, Stamp
from issues.notices.pdf.stamping import Stamper

FIELD = "Signature"
AWAY = (
    "时间戳服务没有答复，文书没有签发，文号没有使用。请稍后再签发；"
    "急需签发的，由系统管理员核对时间戳服务的地址，或设为先签发（文书页写明没有时间戳），"
    "做法见部署手册“签名、时间戳和电子印章”。"
)
UNPROVEN = (
    "签名证书或时间戳证书不能按根证书和吊销列表验证（不受信任、已吊销或吊销列表过期），"
    "没有签发，请系统管理员更新后再签发。"
)
_log = logging.getLogger(__name__)


class CannotSign(Refusal):
    """The certificate cannot be read. Nothing is signed."""

    status = 409
    heading = "签名证书不能使用"


class CannotStamp(Refusal):
    """No time stamp is to be had, and the settings ask for one. Nothing is signed."""

    status = 409
    heading = "取不到时间戳，没有签发"


@dataclass(frozen=True)
class Certificate:
    """A PKCS #12 file of the operator's, and the roots its chain ends in.

    `tsa` is the address time stamps are asked of; `must_stamp`: without one nothing is signed,
    else it is signed without and says so. `revoked` are the lists of revoked certificates the
    operator keeps: with them the file can be judged long after (PAdES B-LT, with a stamp B-LTA).
    """

    path: Path
    password: str
    roots: Path | None = None
    tsa: str = ""
    must_stamp: bool = True
    revoked: Path | None = None

    @cached_property
    def _signer(self) -> signers.SimpleSigner:
        found: signers.SimpleSigner | None = None
        with suppress(OSError, ValueError):
            found = signers.SimpleSigner.load_pkcs12(
                str(self.path), passphrase=self.password.encode() or None
            )
        if found is None or found.signing_cert is None:
            raise CannotSign("签名证书读不出，请系统管理员核对证书文件和口令。")
        return found

    @cached_property
    def _trusted(self) -> list[x509.Certificate]:
        """The roots given; without them what the file itself ends in."""
        if self.roots is not None:
            return list(load_certs_from_pemder([str(self.roots)]))
        held = [*self._signer.cert_registry, self._signer.signing_cert]
        return [one for one in held if one.self_issued]

    def sign(self, pdf: bytes, reason: str) -> bytes:
        """Raises CannotSign, CannotStamp."""
        if not self.tsa:
            return self._signed(pdf, reason, None)
        try:
            return self._signed(pdf, reason, Stamper(self.tsa))
        except (OSError, ValueError) as error:
            _log.warning("no time stamp: %s", type(error).__name__)
            if self.must_stamp:
                raise CannotStamp(AWAY) from error
        return self._signed(pdf, reason, None)

    def _signed(self, pdf: bytes, reason: str, stamper: Stamper | None) -> bytes:
        out = BytesIO()
        metadata = PdfSignatureMetadata(
            field_name=FIELD,
            reason=reason,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            embed_validation_info=self.revoked is not None,
            use_pades_lta=self.revoked is not None and stamper is not None,
            validation_context=self._context("require") if self.revoked is not None else None,
        )
        signer = signers.PdfSigner(metadata, self._signer, timestamper=stamper)
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        try:
            signer.sign_pdf(writer, output=out)
        except (SigningError, ValidationError) as error:
            raise CannotSign(UNPROVEN) from error
        return out.getvalue()

    def _context(self, mode: str) -> ValidationContext:
        """Offline: what the operator keeps, and nothing fetched.

        Signing asks that nothing is revoked by a list of today; a look years later does not.
        """
        return ValidationContext(
            trust_roots=self._trusted, crls=self._lists(), allow_fetching=False,
            revocation_mode=mode,
        )  # fmt: skip

    def _lists(self) -> list[crl.CertificateList]:
        try:
            return lists_of(self.revoked) if self.revoked is not None else []
        except (OSError, ValueError) as error:
            raise CannotSign("吊销列表读不出，请系统管理员核对文件。") from error

    def sign_data(self, data: bytes) -> bytes:
        """As CMS in DER, detached: `openssl cms -verify -inform DER -content FILE` reads it."""
        signed = asyncio.run(self._signer.async_sign_general_data(data, "sha256", detached=True))
        return bytes(signed.dump())

    def holds_until(self) -> datetime:
        """Its own date, and not that of the roots. Raises CannotSign."""
        until: datetime = present(self._signer.signing_cert, "a certificate").not_valid_after
        return until

    def lists_until(self) -> datetime | None:
        """Raises CannotSign."""
        named = (one["tbs_cert_list"]["next_update"].native for one in self._lists())
        return min((until for until in named if until is not None), default=None)

    def look(self, pdf: bytes) -> Finding | None:
        """Offline: no list of revoked certificates is fetched, no address in the file is opened."""
        try:
            reader = PdfFileReader(BytesIO(pdf))
            embedded = reader.embedded_regular_signatures
        except PdfError:
            return None
        if not embedded:
            return None
        status = validate_pdf_signature(
            embedded[0], self._context("soft-fail"), self._context("soft-fail")
        )
        stamp = status.timestamp_validity
        return Finding(
            signer=status.signing_cert.subject.native.get("common_name", ""),
            is_intact=bool(status.intact and status.valid),
            is_trusted=bool(status.trusted),
            covers_file=status.coverage is SignatureCoverageLevel.ENTIRE_FILE
            or status.modification_level is ModificationLevel.LTA_UPDATES,
            signed_at=status.signer_reported_dt,
            stamp=None if stamp is None else _stamp(stamp),
            is_lasting=_is_lasting(reader),
        )


def _as_they_are(_writer: IncrementalPdfFileWriter) -> None:
    """Metadata tell of the paper, not of what signed it: Info and XMP stay one (PDF/A, 6.6.3).

    The library writes them anew, each with another producer, whenever something is appended.
    """


IncrementalPdfFileWriter._update_meta = _as_they_are  # type: ignore[method-assign,assignment]  # noqa: SLF001


def _stamp(status: TimestampSignatureStatus) -> Stamp:
    is_good = bool(status.intact and status.valid and status.trusted)
    name = status.signing_cert.subject.native.get("common_name", "")
    return Stamp(status.timestamp, name, is_good)


def _is_lasting(reader: PdfFileReader) -> bool:
    """Whether the file holds lists of revoked certificates."""
    try:
        return bool(DocumentSecurityStore.read_dss(reader).crls)
    except (PdfError, ValueError):
        return False
