"""IP addresses, networks, and whose address a request has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address

_PORT_OR_NONE = re.compile(r"(?::([0-9]{1,5}))?")
_PREFIX = re.compile(r"0|[1-9][0-9]{0,2}")
_MAPPED_BITS = 96
"""Prefix length of IPv4-mapped IPv6 addresses."""


def parse_address(text: str) -> Address | None:
    """An address without port, zone, spaces or short forms. An IPv4-mapped IPv6 address becomes IPv4."""
    if "%" in text:
        return None
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def parse_client_ip(text: str | None) -> Address | None:
    """`a.b.c.d`, `a.b.c.d:port`, IPv6 or `[IPv6]:port`. The port is ignored. None for any other text."""
    if text is None:
        return None
    if text.startswith("["):
        inside, end, rest = text[1:].partition("]")
        is_address = end and ":" in inside and _is_port_or_none(rest)
        return parse_address(inside) if is_address else None
    host, colon, port = text.partition(":")
    if not host or not colon or ":" in port:
        return parse_address(text)
    return parse_address(host) if _is_port_or_none(colon + port) else None


class ProxySet:
    """Addresses and networks of trusted proxies. Raises `ValueError` for an entry that is none."""

    def __init__(self, entries: Iterable[str]) -> None:
        if isinstance(entries, str):
            raise ValueError("Latchkey: trusted_proxies is a list of addresses and networks.")
        self._networks = [_parse_network(entry) for entry in entries]

    def __contains__(self, address: Address) -> bool:
        return any(address.version == network.version and address in network for network in self._networks)


def client_ip_of(peer: str | None, forwarded_for: str | None, trusted: ProxySet) -> str | None:
    """The caller's IP address: the peer, or what a trusted proxy wrote.

    That is the rightmost entry of `X-Forwarded-For` that is not a trusted proxy, or the leftmost if all are. An entry
    that is not an address ends the search: nothing confirms the entries left of it.
    """
    address = parse_client_ip(peer)
    if address is None or address not in trusted:
        return peer
    entries = [entry for entry in map(str.strip, (forwarded_for or "").split(",")) if entry]
    for entry in reversed(entries):
        address = parse_client_ip(entry)
        if address is None or address not in trusted:
            return entry
    return entries[0] if entries else peer


def _is_port_or_none(text: str) -> bool:
    match = _PORT_OR_NONE.fullmatch(text)
    return match is not None and int(match[1] or 0) <= 65_535


def _parse_network(entry: str) -> IPv4Network | IPv6Network:
    host, slash, prefix_text = entry.partition("/")
    address = parse_address(host)
    if address is None or (slash and not _PREFIX.fullmatch(prefix_text)):
        raise ValueError(f'Latchkey: "{entry}" is not an IP address or network.')
    prefix = int(prefix_text) if slash else address.max_prefixlen
    if slash and address.version == 4 and ":" in host:
        prefix -= _MAPPED_BITS
    if not 0 < prefix <= address.max_prefixlen:
        raise ValueError(f'Latchkey: "{entry}" has a prefix that is not allowed.')
    return ip_network((address, prefix), strict=False)
