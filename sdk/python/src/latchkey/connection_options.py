"""Checks the options that all clients have."""

from __future__ import annotations

import re
from collections.abc import Iterable

import httpx

_TOKEN = re.compile(r"[\x21-\x7e]+")


def base_urls(url: str | Iterable[str]) -> list[str]:
    """The base URLs of verifiers, without a slash at the end.

    Raises `ValueError` unless there is one, and all are of http or https.
    """
    urls = [url] if isinstance(url, str) else list(url)
    if not urls or not all(urls):
        raise ValueError("Latchkey: give the URL of at least one verifier. An environment variable may be empty.")
    return [base_url(each) for each in urls]


def base_url(url: str) -> str:
    """The URL without a slash at the end. Raises `ValueError` unless it is of http or https."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        parsed = httpx.URL("")
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise ValueError(f'Latchkey: "{url}" is not an http or https URL.')
    return url.rstrip("/")


def origin_of(url: str) -> str:
    """The URL without a path, and without a password, for messages."""
    parsed = httpx.URL(url)
    return f"{parsed.scheme}://{parsed.netloc.decode('ascii')}"


def check_token(token: str, name: str) -> None:
    """Raises `ValueError` unless a header can carry the token. `name` is what the token is, for the message."""
    if not token:
        raise ValueError(f"Latchkey: give the {name}. An environment variable may be empty.")
    if not _TOKEN.fullmatch(token):
        raise ValueError(f'Latchkey: the {name} has a character that no token has, for example a space or "…".')
