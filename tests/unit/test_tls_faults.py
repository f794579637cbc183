"""What OpenSSL refuses, by its name: handshakes with real certificates, in memory."""

from __future__ import annotations

import datetime as dt
import ssl

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from paradigm_gui.core.errors import TlsFault, UserFacingError
from paradigm_gui.core.route import believe
from paradigm_gui.core.tls_faults import tls_fault_of

HOST = "private.example"
NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)


def client_tls(*authorities, is_strict=False):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if is_strict:  # as Python 3.13 makes them
        context.verify_flags |= ssl.VERIFY_X509_STRICT
    for authority in authorities:
        authority.configure_trust(context)
    return context


def server_tls(certificate, *, with_root=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    if with_root:
        chain = b"".join(pem.bytes() for pem in certificate.cert_chain_pems) + with_root.cert_pem.bytes()
        with certificate.private_key_pem.tempfile() as key, trustme.Blob(chain).tempfile() as file:
            context.load_cert_chain(file, key)
    return context


def shake_hands(client, server, host=HOST):
    """What the client finds wrong; `None` when it believes the server."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [
        client.wrap_bio(to_client, to_server, server_hostname=host),
        server.wrap_bio(to_server, to_client, server_side=True),
    ]
    for end in ends * 4:
        try:
            end.do_handshake()
        except ssl.SSLWantReadError:
            continue
        except ssl.SSLError as error:
            return error
    assert ends[0].version()
    return None


def fault(client, server, host=HOST, *, has_authority_file=False):
    error = shake_hands(client, server, host)
    return error and tls_fault_of(error, has_authority_file=has_authority_file)


@pytest.fixture(scope="module")
def root():
    return trustme.CA()


def test_good_certificates_have_no_fault(root):
    assert fault(client_tls(root), server_tls(root.issue_cert(HOST))) is None
    below = root.create_child_ca().issue_cert(HOST)
    assert shake_hands(client_tls(root), server_tls(below)) is None


def test_what_is_wrong_has_its_name(root):
    good = server_tls(root.issue_cert(HOST))
    early = root.issue_cert(HOST, not_before=NOW + DAY, not_after=NOW + 2 * DAY)
    late = root.issue_cert(HOST, not_before=NOW - 2 * DAY, not_after=NOW - DAY)
    itself = trustme.CA()
    alone = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with itself.private_key_pem.tempfile() as key, itself.cert_pem.tempfile() as file:
        alone.load_cert_chain(file, key)
    stranger = trustme.CA()
    faults = {
        "early": fault(client_tls(root), server_tls(early)),
        "late": fault(client_tls(root), server_tls(late)),
        "name": fault(client_tls(root), good, "other.example"),
        "address": fault(client_tls(root), good, "192.0.2.2"),
        "itself": fault(client_tls(root), alone),
        "stranger": fault(client_tls(root), server_tls(stranger.issue_cert(HOST))),
        "with its root": fault(client_tls(root), server_tls(stranger.issue_cert(HOST), with_root=stranger)),
        "in between": fault(client_tls(root), server_tls(stranger.create_child_ca().issue_cert(HOST))),
    }
    assert faults == {
        "early": TlsFault.NOT_YET_VALID,
        "late": TlsFault.EXPIRED,
        "name": TlsFault.WRONG_HOST,
        "address": TlsFault.WRONG_HOST,
        "itself": TlsFault.SELF_SIGNED,
        "stranger": TlsFault.UNKNOWN_AUTHORITY,
        "with its root": TlsFault.UNKNOWN_AUTHORITY,
        "in between": TlsFault.UNKNOWN_AUTHORITY,
    }


def test_a_file_that_is_the_wrong_one_is_told_from_none(root):
    stranger = server_tls(trustme.CA().issue_cert(HOST))
    assert fault(client_tls(root), stranger, has_authority_file=True) is TlsFault.OTHER_AUTHORITY
    late = root.issue_cert(HOST, not_before=NOW - 2 * DAY, not_after=NOW - DAY)
    assert fault(client_tls(root), server_tls(late), has_authority_file=True) is TlsFault.EXPIRED


def test_what_comes_is_no_tls():
    answer = ssl.MemoryBIO()
    answer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    with pytest.raises(ssl.SSLError) as caught:
        client_tls().wrap_bio(answer, ssl.MemoryBIO(), server_hostname=HOST).do_handshake()
    assert tls_fault_of(caught.value, has_authority_file=False) is TlsFault.NO_TLS
    assert tls_fault_of(ValueError(), has_authority_file=False) is None


# What a chosen file is good for


@pytest.mark.parametrize("sends_root", [False, True])
def test_an_authority_in_between_is_enough(root, tmp_path, sends_root):
    between = root.create_child_ca()
    server = server_tls(between.issue_cert(HOST), with_root=root if sends_root else None)
    path = tmp_path / "between.pem"
    between.cert_pem.write_to_path(path)
    client = client_tls()
    # why the flag is needed: without it, the root would have to be there
    client.load_verify_locations(path)
    assert fault(client, server) is TlsFault.UNKNOWN_AUTHORITY
    believe(client, path)
    assert shake_hands(client, server) is None
    assert fault(client, server, "other.example") is TlsFault.WRONG_HOST


def test_the_certificate_of_the_server_itself_is_enough(root, tmp_path):
    certificate = root.issue_cert(HOST)
    path = tmp_path / "server.pem"
    certificate.cert_chain_pems[0].write_to_path(path)
    client = client_tls()
    believe(client, path)
    assert shake_hands(client, server_tls(certificate)) is None
    assert fault(client, server_tls(root.issue_cert(HOST))) is TlsFault.UNKNOWN_AUTHORITY


def old_authority(folder):
    """The file of an authority that does not say what its key is for, as many do not, and a server of it."""
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in ("Old CA", HOST)]

    def certificate(place, *extensions):
        builder = x509.CertificateBuilder(names[0], names[place], keys[place].public_key())
        builder = builder.serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(NOW - DAY).not_valid_after(NOW + DAY)
        for extension in extensions:
            builder = builder.add_extension(extension, critical=False)
        return builder.sign(keys[0], hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    authority, own = folder / "old.pem", folder / "server.pem"
    authority.write_bytes(certificate(0, x509.BasicConstraints(ca=True, path_length=None)))
    plain = serialization.NoEncryption(), serialization.PrivateFormat.PKCS8
    own.write_bytes(
        certificate(1, x509.SubjectAlternativeName([x509.DNSName(HOST)]))
        + keys[1].private_bytes(serialization.Encoding.PEM, plain[1], plain[0])
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own)
    return authority, context


def test_an_authority_without_the_extensions_of_today_is_believed_when_chosen(tmp_path):
    path, server = old_authority(tmp_path)
    client = client_tls(is_strict=True)
    client.load_verify_locations(path)
    assert shake_hands(client, server) is not None
    believe(client, path)
    assert shake_hands(client, server) is None


def test_a_file_whose_folder_is_not_known_is_not_looked_for(root, tmp_path, monkeypatch):
    root.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserFacingError) as caught:
        believe(client_tls(), (tmp_path / "ca.pem").relative_to(tmp_path))
    assert caught.value.details["reason"] == "folder"
