"""Signing in by a directory, against one that speaks LDAP on a real socket."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from coming_back import sessions
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from ldap_server import READER, READER_PASSWORD, Directory, directory_server, server_context

from auth.doors import ldap
from auth.doors.door import NotProven, Unreachable
from issues.vocabulary import DoorKind

PASSWORD = "Mu-Lu-2025"
CHEN, GUID = "uid=chen.jb,ou=people,dc=bazhong", b"\x01\xfe\x80\x90"
PEOPLE = {
    CHEN: (PASSWORD, {"uid": ["chen.jb", "c*"], "entryUUID": ["e-1"], "cn": ["陈经办"]}),
    "uid=twice,ou=a": (PASSWORD, {"uid": ["twice"], "entryUUID": ["e-2"]}),
    "uid=twice,ou=b": (PASSWORD, {"uid": ["twice"], "entryUUID": ["e-3"]}),
    "uid=bare,ou=a": (PASSWORD, {"uid": ["bare"]}),
    "uid=ad,ou=a": (PASSWORD, {"uid": ["ad"], "entryUUID": [GUID]}),
}
READS = {
    "LDAP_BASE": "dc=bazhong", "LDAP_BIND_DN": READER, "LDAP_BIND_PASSWORD": READER_PASSWORD,
}  # fmt: skip


@pytest.fixture
def directory(setting):
    with directory_server(Directory(PEOPLE)) as directory:
        setting.doors(LDAP_URL=f"ldap://127.0.0.1:{directory.port}", **READS)
        yield directory


def type_in(visitor, expect=200, *, name="chen.jb", password=PASSWORD):
    return visitor.post("/login/doors/ldap", expect, username=name, password=password)


@pytest.mark.both
def test_the_directory_compares_the_password_of_a_linked_person(browser, directory, linked):
    linked("chen", DoorKind.LDAP, "e-1")
    visitor = browser.stranger
    assert "单位目录账号登录" in visitor.get("/login").text

    type_in(visitor)

    assert sessions() == [("chen", "ldap")]
    assert directory.told == [
        ("bind", READER, READER_PASSWORD),
        ("search", "uid", "chen.jb"),
        ("bind", CHEN, PASSWORD),
    ]
    assert visitor.post("/logout", via="/account").heading == "登录"


def test_wrong_unknown_and_doubled_names_are_told_alike(browser, directory, linked):
    linked("chen", DoorKind.LDAP, "e-1")
    pages = [
        type_in(browser.stranger, 403, name=name, password=password)
        for name, password in (("chen.jb", "wrong"), ("nobody", PASSWORD), ("twice", PASSWORD))
    ]

    assert len({page.text for page in pages}) == 1
    asked = [kind for kind, *_ in directory.told]
    assert asked == ["bind", "search", "bind"] * 3, "and take as long"
    assert "账号或密码不正确" in pages[0].text
    assert sessions() == []


def test_an_empty_password_is_never_sent(browser, directory, linked):
    """The directory would call it a success: RFC 4513, 5.1.2."""
    linked("chen", DoorKind.LDAP, "e-1")
    assert directory.bind(CHEN, "") == 0
    directory.told.clear()
    type_in(browser.stranger, 422, password="")
    door = browser.app.extensions["doors"][DoorKind.LDAP]
    for password in ("", "\0", "\0x"):
        with pytest.raises(NotProven):
            door.prove({"username": "chen.jb", "password": password}, {})

    assert directory.told == []
    assert sessions() == []


def test_a_name_cannot_widen_the_filter(browser, directory, linked, monkeypatch):
    linked("chen", DoorKind.LDAP, "e-1")
    for name in ("*", "chen*", "chen.jb)(uid=*", "*)(&", "\\2a"):
        type_in(browser.stranger, 403, name=name)
    searched = [told[2] for told in directory.told if told[0] == "search"]
    assert searched == ["*", "chen*", "chen.jb)(uid=*", "*)(&", "\\2a"]

    monkeypatch.setattr(ldap, "escape_filter_chars", lambda text: text)
    page = browser.stranger.post("/login/doors/ldap", 503, username="c*", password=PASSWORD)
    assert "外部认证系统" in page.text, "the control: unescaped it is another filter"


def test_the_key_of_a_person_is_the_directory_s_own_number(browser, directory, linked):
    type_in(browser.stranger, 403, name="bare")
    page = type_in(browser.stranger, 403, name="ad")

    assert GUID.hex() in page.text


def test_many_wrong_passwords_are_stopped_here_too(browser, directory, linked):
    linked("chen", DoorKind.LDAP, "e-1")
    for _ in range(5):
        type_in(browser.stranger, 403, password="wrong")
    told = len(directory.told)

    page = type_in(browser.stranger, 429)

    assert "暂停登录" in page.text
    assert len(directory.told) == told


def test_a_directory_that_does_not_answer_is_no_wrong_password(browser, setting):
    with directory_server(Directory(PEOPLE)) as gone:
        pass
    setting.doors(LDAP_URL=f"ldap://127.0.0.1:{gone.port}", **READS)
    for _ in range(6):
        page = type_in(browser.stranger, 503)

    assert "外部认证系统" in page.text


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """Two of their own making: for this machine's address, and for another's name."""
    folder = tmp_path_factory.mktemp("certificates")
    return {
        "here": certificate(folder / "here", x509.IPAddress(ip_address("127.0.0.1"))),
        "elsewhere": certificate(folder / "elsewhere", x509.DNSName("ldap.example.org")),
    }


def certificate(path, name):
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "directory")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    path.with_suffix(".pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    path.with_suffix(".key").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    return path.with_suffix(".pem"), path.with_suffix(".key")


@pytest.mark.parametrize("scheme", ["ldaps", "ldap"])
def test_nothing_is_said_before_the_connection_is_encrypted(
    setting, certificates, monkeypatch, scheme
):
    """By StartTLS too, which only this machine's own directory goes without."""
    monkeypatch.setattr(ldap, "LOOPBACK", frozenset())
    said = {"username": "chen.jb", "password": PASSWORD}
    found = {}
    for name, (pem, key) in certificates.items():
        directory = Directory(PEOPLE, server_context(pem, key), starts_tls=scheme == "ldap")
        with directory_server(directory):
            url = f"{scheme}://127.0.0.1:{directory.port}"
            door = setting.doors(LDAP_URL=url, OUTSIDE_ROOTS=str(pem), **READS)[DoorKind.LDAP]
            try:
                found[name] = door.prove(said, {}).subject
            except Unreachable:
                found[name] = directory.told

    assert found == {"here": "e-1", "elsewhere": []}


def test_a_directory_without_encryption_hears_no_password(setting, monkeypatch):
    monkeypatch.setattr(ldap, "LOOPBACK", frozenset())
    with directory_server(Directory(PEOPLE)) as plain:
        door = setting.doors(LDAP_URL=f"ldap://127.0.0.1:{plain.port}", **READS)[DoorKind.LDAP]
        with pytest.raises(Unreachable):
            door.prove({"username": "chen.jb", "password": PASSWORD}, {})

    assert plain.told == []
