"""What is read from the bytes of a certificate."""

from __future__ import annotations

import datetime as dt
import ssl

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from paradigm_gui.core.certificate import Certificate, read_certificate


def der_of(blob):
    return ssl.PEM_cert_to_DER_cert(blob.bytes().decode())


@pytest.mark.parametrize(
    "until",
    [
        dt.datetime(2031, 2, 3, 4, 5, 6, tzinfo=dt.UTC),
        dt.datetime(2077, 2, 3, 4, 5, 6, tzinfo=dt.UTC),  # written in another form
    ],
)
def test_issuer_subject_and_end(until):
    authority = trustme.CA(organization_name="Émetteur 机构", organization_unit_name="unit")
    leaf = authority.issue_cert("a.example", common_name="a.example", organization_name="Me", not_after=until)
    found = read_certificate(der_of(leaf.cert_chain_pems[0]))
    assert found == Certificate("Émetteur 机构", "a.example, Me", until, ("a.example",))


def test_the_names_that_it_is_for():
    leaf = trustme.CA().issue_cert("a.example", "*.b.example", "192.0.2.1", "2001:db8::1")
    found = read_certificate(der_of(leaf.cert_chain_pems[0]))
    assert set(found.names) == {"a.example", "*.b.example", "192.0.2.1", "2001:db8::1"}


@given(st.binary())
def test_any_bytes_are_a_certificate_or_none(data):
    found = read_certificate(data)
    assert found is None or isinstance(found, Certificate)


def test_a_damaged_certificate_is_none_or_read():
    good = der_of(trustme.CA().cert_pem)
    for position in range(len(good)):
        damaged = good[:position] + bytes([good[position] ^ 0xFF]) + good[position + 1 :]
        assert read_certificate(damaged) is None or isinstance(read_certificate(damaged), Certificate)
        assert read_certificate(good[:position]) is None
