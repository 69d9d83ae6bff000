"""The data of an electronic seal and of a paper sealed with it: GB/T 38540-2020, in ASN.1."""

from asn1crypto import core

SM2_WITH_SM3 = "1.2.156.10197.1.501"
SM3 = "1.2.156.10197.1.401"


class Header(core.Sequence):  # type: ignore[misc]  # the library has no types
    _fields = [("id", core.IA5String), ("version", core.Integer), ("vid", core.IA5String)]


class Certificates(core.SequenceOf):  # type: ignore[misc]
    _child_spec = core.OctetString


class Property(core.Sequence):  # type: ignore[misc]
    """`kind` 1: of an organ. `list_kind` 1: the certificates themselves are listed."""

    _fields = [
        ("kind", core.Integer),
        ("name", core.UTF8String),
        ("list_kind", core.Integer),
        ("certificates", Certificates),
        ("made", core.GeneralizedTime),
        ("valid_from", core.GeneralizedTime),
        ("valid_until", core.GeneralizedTime),
    ]


class Picture(core.Sequence):  # type: ignore[misc]
    _fields = [
        ("kind", core.IA5String),
        ("data", core.OctetString),
        ("width", core.Integer),
        ("height", core.Integer),
    ]


class SealInfo(core.Sequence):  # type: ignore[misc]
    _fields = [
        ("header", Header),
        ("seal_id", core.IA5String),
        ("property", Property),
        ("picture", Picture),
        ("more", core.Any, {"explicit": 0, "optional": True}),
    ]


class SESeal(core.Sequence):  # type: ignore[misc]
    """A seal as whoever makes seals issued it."""

    _fields = [
        ("info", SealInfo),
        ("certificate", core.OctetString),
        ("algorithm", core.ObjectIdentifier),
        ("signature", core.BitString),
    ]


class ToSign(core.Sequence):  # type: ignore[misc]
    _fields = [
        ("version", core.Integer),
        ("seal", SESeal),
        ("at", core.GeneralizedTime),
        ("digest", core.BitString),
        ("place", core.IA5String),
        ("more", core.Any, {"explicit": 0, "optional": True}),
    ]


class SESSignature(core.Sequence):  # type: ignore[misc]
    _fields = [
        ("to_sign", ToSign),
        ("certificate", core.OctetString),
        ("algorithm", core.ObjectIdentifier),
        ("signature", core.BitString),
        ("stamp", core.BitString, {"explicit": 0, "optional": True}),
    ]


def bits(data: bytes) -> core.BitString:
    """Whole bytes as a bit string."""
    return core.BitString.load(core.OctetBitString(data).dump())
