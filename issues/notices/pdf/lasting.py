"""Data that let a signature be judged long after: lists of revoked certificates (PAdES B-LT)."""

from pathlib import Path

from asn1crypto import crl, pem

SUFFIXES = frozenset({".crl", ".pem", ".der"})


def lists_of(place: Path) -> list[crl.CertificateList]:
    """Of a file, or of every such file in a folder. Raises OSError, ValueError."""
    if place.is_file():
        return [_list(place)]
    return [_list(one) for one in sorted(place.iterdir()) if one.suffix.lower() in SUFFIXES]


def _list(path: Path) -> crl.CertificateList:
    data = path.read_bytes()
    if pem.detect(data):
        _, _, data = pem.unarmor(data)
    return crl.CertificateList.load(data, strict=True)
