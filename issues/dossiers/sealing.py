"""What a dossier is signed with: the installation's key, and its certificate where one is set.

The key is derived from SECRET_KEY, so that every process of an installation signs alike and none
keeps a file. Only the public half leaves here.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from issues.dossiers import verify
from issues.notices.pdf.signature import Signer

PAGE = "/verify/dossiers"
"""Where an installation shows its public key to everybody."""
DERIVED = b"dossier signing key 1"


@dataclass(frozen=True)
class Seal:
    """`home` answers what addresses begin with, `signer` who signs with a certificate, if any."""

    secret: str = field(repr=False)
    home: Callable[[], str] = lambda: ""
    signer: Callable[[], Signer | None] = lambda: None

    @cached_property
    def _key(self) -> Ed25519PrivateKey:
        derived = HKDF(SHA256(), 32, salt=None, info=DERIVED).derive(self.secret.encode())
        return Ed25519PrivateKey.from_private_bytes(derived)

    @property
    def public_key(self) -> str:
        return self._key.public_key().public_bytes_raw().hex()

    @property
    def page(self) -> str:
        """The address of the page; empty where nobody has told the installation its own."""
        home = self.home()
        return f"{home}{PAGE}" if home else ""

    def certified(self, manifest: bytes) -> bytes:
        """CMS over the manifest by the certificate; empty where none is set."""
        signer = self.signer()
        return signer.sign_data(manifest) if signer else b""

    def signature(self, manifest: bytes, beside: bytes) -> bytes:
        signed = self._key.sign(verify.signed_text(manifest, beside))
        told = {"algorithm": "Ed25519", "public_key": self.public_key, "signature": signed.hex()}
        return json.dumps(told, indent=1).encode()

    def verifier(self) -> bytes:
        """verify.py with the public key and the page written in."""
        source = Path(verify.__file__).read_text(encoding="utf-8")
        for name, value in (("KEY", self.public_key), ("PAGE", self.page)):
            source = source.replace(f'{name} = ""\n', f"{name} = {value!r}\n", 1)
        return source.encode()
