"""A time stamping authority of the tests' own, on this machine alone; and lists of revocations."""

import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, tsp, x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

ANSWERS = "application/timestamp-reply"


def _name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _certificate(subject, issuer, key, by, *, is_authority):
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=not is_authority, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=is_authority,
        crl_sign=is_authority, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    built = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
    if subject == "测试时间戳":
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        built = built.add_extension(purpose, critical=True)
    return built.sign(by, hashes.SHA256())


class Authority:
    """One root that signs the holder of a seal and a clock, and lists what it takes back."""

    def __init__(self):
        self.root_key, self.key, self.clock_key = (
            rsa.generate_private_key(65537, 2048) for _ in range(3)
        )
        make = _certificate
        self.root = make("测试根", "测试根", self.root_key, self.root_key, is_authority=True)
        self.mine = make("测试单位", "测试根", self.key, self.root_key, is_authority=False)
        self.clock = make("测试时间戳", "测试根", self.clock_key, self.root_key, is_authority=False)

    def revoked(self, *certificates, days=10):
        now = datetime.now(UTC)
        built = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.subject)
            .last_update(now - timedelta(days=20))
            .next_update(now + timedelta(days=days))
        )
        for one in certificates:
            entry = x509.RevokedCertificateBuilder().serial_number(one.serial_number)
            built = built.add_revoked_certificate(
                entry.revocation_date(now - timedelta(days=2)).build()
            )
        return built.sign(self.root_key, hashes.SHA256()).public_bytes(Encoding.DER)

    def stamper(self):
        key = self.clock_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return DummyTimeStamper(
            asn1.Certificate.load(self.clock.public_bytes(Encoding.DER)),
            keys.PrivateKeyInfo.load(key),
        )


@contextmanager
def answering(stamper, *, status=200, kind=ANSWERS, spoil=bytes, asked=None):
    """The address a service answers at, until it is left; `asked` collects what came."""

    class Service(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if asked is not None:
                asked.append(self.path)
            answer = stamper.request_tsa_response(tsp.TimeStampReq.load(body)).dump()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(spoil(answer))

        def log_message(self, *_said):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
