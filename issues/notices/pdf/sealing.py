"""Digital signature of a finished PDF: PAdES with the operator's certificate, where there is one.

A national e-seal service can be put in the place of `Certificate` by the same two acts. No picture
of a seal is ever drawn: the signature field is invisible.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from io import BytesIO
from pathlib import Path

from asn1crypto import x509
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from issues.ground.present import present
from issues.ground.refusals import Refusal
from issues.notices.pdf.signature import Finding

FIELD = "Signature"


class CannotSign(Refusal):
    """The certificate cannot be read. Nothing is signed."""

    status = 409
    heading = "签名证书不能使用"


@dataclass(frozen=True)
class Certificate:
    """A PKCS #12 file of the operator's, and the roots its chain ends in."""

    path: Path
    password: str
    roots: Path | None = None

    @cached_property
    def _signer(self) -> signers.SimpleSigner:
        found: signers.SimpleSigner | None = None
        with suppress(OSError, ValueError):
            found = signers.SimpleSigner.load_pkcs12(
                str(self.path), passphrase=self.password.encode() or None
            )
        if found is None or found.signing_cert is None:
            raise CannotSign("签名证书 SIGN_CERT 读不出，请核对文件和 SIGN_KEY_PASSWORD。")
        return found

    @cached_property
    def _trusted(self) -> list[x509.Certificate]:
        """The roots given; without them what the file itself ends in."""
        if self.roots is not None:
            return list(load_certs_from_pemder([str(self.roots)]))
        held = [*self._signer.cert_registry, self._signer.signing_cert]
        return [one for one in held if one.self_issued]

    def sign(self, pdf: bytes, reason: str) -> bytes:
        out = BytesIO()
        metadata = PdfSignatureMetadata(
            field_name=FIELD,
            reason=reason,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
        )
        signer = signers.PdfSigner(metadata, self._signer)
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        signer.sign_pdf(writer, output=out)
        return out.getvalue()

    def sign_data(self, data: bytes) -> bytes:
        """As CMS in DER, detached: `openssl cms -verify -inform DER -content FILE` reads it."""
        signed = asyncio.run(self._signer.async_sign_general_data(data, "sha256", detached=True))
        return bytes(signed.dump())

    def holds_until(self) -> datetime:
        """Its own date, and not that of the roots. Raises CannotSign."""
        until: datetime = present(self._signer.signing_cert, "a certificate").not_valid_after
        return until

    def look(self, pdf: bytes) -> Finding | None:
        """Offline: no list of revoked certificates is fetched, no address in the file is opened."""
        try:
            embedded = PdfFileReader(BytesIO(pdf)).embedded_signatures
        except PdfError:
            return None
        if not embedded:
            return None
        context = ValidationContext(trust_roots=self._trusted, allow_fetching=False)
        status = validate_pdf_signature(embedded[0], context)
        return Finding(
            signer=status.signing_cert.subject.native.get("common_name", ""),
            is_intact=bool(status.intact and status.valid),
            is_trusted=bool(status.trusted),
            covers_file=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
            signed_at=status.signer_reported_dt,
        )
