"""docs/deploy/nginx.conf as it stands, in a real nginx in front of the real product."""

import contextlib
import json
import os
import shutil
import socket
import ssl
import subprocess
import time
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPSConnection
from types import SimpleNamespace

import pytest
import samples
from begun import begun
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from needs import need
from people import PASSWORD
from PIL import Image

from auth.actor import SYSTEM
from auth.people import issue_token
from bench.serving.visitor import Visitor
from config import ROOT
from extensions import transaction
from issues.vocabulary import Status
from issues.web.door.answers.headers import HSTS

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
HOST = "hjzg.example.gov.cn"
CLIENT, FORGED = "127.0.0.2", "203.0.113.9"
SECRET = "a-key-that-opens-an-account-once"
WHOLE = """
daemon off; master_process on; worker_processes 1; pid {at}/nginx.pid; error_log {at}/error.log;
{user}
events {{}}
http {{
  access_log off;
  client_body_temp_path {at}/body; proxy_temp_path {at}/proxy; fastcgi_temp_path {at}/fastcgi;
  uwsgi_temp_path {at}/uwsgi; scgi_temp_path {at}/scgi;
  include {at}/rectification.conf;
}}
"""
STARTS_WITHIN = 20


def free_ports(count):
    with contextlib.ExitStack() as stack:
        doors = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [door.getsockname()[1] for door in doors]


@contextlib.contextmanager
def held_ports(count):
    """Ports where nobody answers, nor comes to: another test's server would be taken for ours."""
    with contextlib.ExitStack() as stack:
        doors = [stack.enter_context(socket.socket()) for _ in range(count)]
        for door in doors:
            door.bind(("127.0.0.1", 0))
        yield [door.getsockname()[1] for door in doors]


def certify(folder):
    """A certificate of our own for both names, in the places that the example names."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    names = [x509.DNSName(HOST), x509.DNSName("lianxi.example.gov.cn")]
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    encoding = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    for which in ("hjzg", "lianxi"):
        (folder / f"{which}.crt").write_bytes(made.public_bytes(encoding))
        (folder / f"{which}.key").write_bytes(key.private_bytes(encoding, *plain))


@pytest.fixture
def front(app, place, tmp_path):
    """nginx before one process that lives and one that does not."""
    need(NGINX, "没有安装 nginx（Debian 软件包 nginx），代理的例子无法试")
    certify(tmp_path)
    log = tmp_path / "product.log"
    proxied = {"TRUSTED_PROXIES": "127.0.0.1", "PUBLIC_URL": f"https://{HOST}"}
    with (
        log.open("w") as out,
        held_ports(2) as (gone, practice),
        begun(place, out, LOG_FORMAT="json", PRACTICE="0", **proxied) as port,
    ):
        plain, secure = free_ports(2)  # as late as can be, since nginx takes them itself
        swaps = {
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "listen 443 ": f"listen 127.0.0.1:{secure} ",
            "127.0.0.1:8001 ": f"127.0.0.1:{gone} ",
            "127.0.0.1:8002 ": f"127.0.0.1:{port} ",
            "127.0.0.1:8010;": f"127.0.0.1:{practice};",
            "/etc/nginx/tls/": f"{tmp_path}/",
            "/var/log/nginx/": f"{tmp_path}/",
        }
        conf = (ROOT / "docs/deploy/nginx.conf").read_text(encoding="utf-8")
        for written, used in swaps.items():
            assert written in conf, written
            conf = conf.replace(written, used)
        (tmp_path / "rectification.conf").write_text(conf, encoding="utf-8")
        with nginx(tmp_path, secure), contextlib.ExitStack() as stack:

            def person():
                come = Person(secure, tmp_path / "hjzg.crt")
                stack.callback(come.connection.close)
                return come

            yield SimpleNamespace(plain=plain, person=person, folder=tmp_path, product=log)


@contextlib.contextmanager
def nginx(folder, port):
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(WHOLE.format(at=folder, user=user))
    command = [NGINX, "-p", folder, "-e", folder / "error.log", "-c", folder / "nginx.conf"]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)  # noqa: S603 - as installed
    assert tried.returncode == 0, tried.stderr
    assert "warn" not in tried.stderr or "http2" in tried.stderr, tried.stderr
    process = subprocess.Popen(command)  # noqa: S603 - as above
    try:
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(STARTS_WITHIN)


class Secure(HTTPSConnection):
    """To nginx on this machine, by the name of the city, from an address of its own."""

    def connect(self):
        self.sock = socket.create_connection(("127.0.0.1", self.port), 20, (CLIENT, 0))
        self.sock = self._context.wrap_socket(self.sock, server_hostname=HOST)


class Person(Visitor):
    def __init__(self, port, certificate):
        super().__init__(port)
        trusted = ssl.create_default_context(cafile=certificate)
        self.connection = Secure(HOST, port, context=trusted, timeout=60)

    def ask(self, method, path, body=None, headers=None):
        sent = {"Host": HOST, "Referer": f"https://{HOST}/login", "X-Forwarded-For": FORGED}
        return super().ask(method, path, body, sent | dict(headers or {}))


@pytest.fixture
def issue(make_issue):
    """Made before anything is served: it may come as a file put in the database's place."""
    return make_issue(Status.RECTIFYING)


def test_the_example_serves_people_and_keeps_their_secrets(issue, front, people):
    with transaction():
        token = issue_token(SYSTEM, people.sun.id)
    goes_to_the_secure_address(front)
    person = front.person()
    assert person.ask("GET", f"/opening?key={SECRET}")[0] == 302  # by way of the one that is gone
    assert [person.ask("GET", "/readyz")[0] for _ in range(6)] == [200] * 6
    is_told_once_to_stay_secure(person)
    is_sent_few_bytes(person)

    person.sign_in("sun", PASSWORD)
    assert person.cookies["__Host-session"]["secure"]
    assert person.ask("GET", f"/issues/{issue.number}")[0] == 200
    assert person.ask("GET", "/metrics")[0] == 404
    person.ask("GET", f"/verify/{SECRET * 2}")
    takes_a_large_photo(front, issue.number, token)

    kept = (front.folder / "rectification.log").read_text(encoding="utf-8")
    assert " GET /opening 302 " in kept
    assert " GET /verify/* 404 " in kept
    for log in front.folder.glob("*.log"):
        assert SECRET not in log.read_text(encoding="utf-8"), log.name
    assert f"{CLIENT} [" in kept
    told = [json.loads(line) for line in front.product.read_text().splitlines() if line[0] == "{"]
    asked = [line["address"] for line in told if line.get("path") == "/login"]
    assert set(asked) == {CLIENT}  # neither the proxy's own nor what the client makes up


def is_sent_few_bytes(person):
    """The page and its styles come compressed (gzip), to who can read that."""
    for path in ("/login", "/static/css/app.css"):
        _, whole = person.ask("GET", path)
        _, packed = person.ask("GET", path, headers={"Accept-Encoding": "gzip"})
        assert packed[:2] == b"\x1f\x8b" != whole[:2], path


def goes_to_the_secure_address(front):
    connection = HTTPConnection("127.0.0.1", front.plain, timeout=10)
    with contextlib.closing(connection):
        connection.request("GET", "/board?on=2025-11-25", headers={"Host": HOST})
        answer = connection.getresponse()
        assert answer.status == 301
        assert answer.headers["Location"] == f"https://{HOST}/board?on=2025-11-25"


def is_told_once_to_stay_secure(person):
    person.connection.request("GET", "/login", headers={"Host": HOST})
    answer = person.connection.getresponse()
    answer.read()
    assert answer.headers.get_all("Strict-Transport-Security") == [HSTS]
    assert "nginx/" not in (answer.headers["Server"] or "")


def takes_a_large_photo(front, number, token):
    """More than a proxy takes of itself; what is beyond the product's own limit it refuses."""
    noise = Image.effect_noise((2600, 2000), 90).convert("RGB")
    photo = samples.encoded(noise, "JPEG", quality=95)
    assert len(photo) > 3 << 20
    form = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
    body = form % (b"file", b'; filename="a.jpg"', photo) + form % (b"kind", b"", b"before")
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "multipart/form-data; boundary=x",
    }
    path = f"/api/v1/issues/{number}/evidence"
    status, said = front.person().ask("POST", path, body + b"--x--\r\n", headers)
    assert status == 201, said

    too_much = front.person().connection
    too_much.putrequest("POST", path, skip_host=True)
    for name, value in (("Host", HOST), ("Content-Length", str(211 << 20))):
        too_much.putheader(name, value)
    too_much.endheaders()
    assert too_much.getresponse().status == 413
