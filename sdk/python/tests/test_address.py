from __future__ import annotations

import pytest

from latchkey.address import ProxySet, client_ip_of, parse_client_ip


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("10.0.0.1:8080", "10.0.0.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:65535", "2001:db8::1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("[::ffff:a00:1]:80", "10.0.0.1"),
    ],
)
def test_an_address_with_or_without_port_is_read(text: str, address: str) -> None:
    assert str(parse_client_ip(text)) == address


@pytest.mark.parametrize(
    "text",
    [
        *("", " 10.0.0.1", "010.0.0.1", "10.0.0.01", "10.1", "0x0a000001", "167772161", "10.0.0.256", "10.0.0.1:"),
        *(
            "10.0.0.1:65536",
            "10.0.0.1:8080:1",
            "10.0.0.1:\u0663",
            "[10.0.0.1]",
            "[::1",
            "[::1]x",
            "[::1]:",
            "fe80::1%eth0",
        ),
        *("::1::", ":::", "1:2:3:4:5:6:7:8:9", "12345::", "::ffff:10.0.0.01", "unknown", "\u0661\u0660.0.0.1"),
    ],
)
def test_any_other_text_is_no_address(text: str) -> None:
    assert parse_client_ip(text) is None
    assert client_ip_of("10.0.0.1", f"6.6.6.6, {text}x", ProxySet(["10.0.0.0/8"])) == f"{text}x".strip()


@pytest.mark.parametrize(
    ("entry", "inside", "outside"),
    [
        ("10.0.0.5", "10.0.0.5", "10.0.0.6"),
        ("10.1.2.3/8", "10.255.0.1", "11.0.0.1"),
        ("::ffff:10.0.0.0/104", "10.9.9.9", "11.0.0.1"),
        ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1"),
        ("::1", "::1", "0.0.0.1"),
    ],
)
def test_a_proxy_network_holds_its_addresses_only(entry: str, inside: str, outside: str) -> None:
    trusted = ProxySet([entry])
    assert client_ip_of(inside, "198.51.100.7", trusted) == "198.51.100.7"
    assert client_ip_of(outside, "198.51.100.7", trusted) == outside


@pytest.mark.parametrize(
    "entry", ["", "10.0.0.0/0", "::/0", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/", "::ffff:10.0.0.0/90", "fe80::1%eth0"]
)
def test_an_entry_that_is_no_network_is_rejected(entry: str) -> None:
    with pytest.raises(ValueError, match="Latchkey"):
        ProxySet([entry])


def test_one_text_instead_of_a_list_is_rejected() -> None:
    with pytest.raises(ValueError, match="list"):
        ProxySet("10.0.0.0/8")
