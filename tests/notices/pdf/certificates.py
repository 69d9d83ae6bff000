"""An authority of the tests' own and a certificate it gives: nobody else trusts them."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID

PASSWORD = "only the tests know"


def _name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _built(subject, issuer, key, by, *, is_authority):
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=is_authority,
        crl_sign=is_authority, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(by, hashes.SHA256())
    )


def make(folder, authority="测试根证书", holder="巴中市生态环境保护委员会办公室"):
    """The PKCS #12 file of the holder and the PEM of the authority."""
    root_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    root = _built(authority, authority, root_key, root_key, is_authority=True)
    mine = _built(holder, authority, key, root_key, is_authority=False)
    folder.mkdir(parents=True, exist_ok=True)
    bundle, roots = folder / "own.p12", folder / "root.pem"
    encryption = BestAvailableEncryption(PASSWORD.encode())
    bundle.write_bytes(pkcs12.serialize_key_and_certificates(b"own", key, mine, [root], encryption))
    roots.write_bytes(root.public_bytes(Encoding.PEM))
    return bundle, roots
