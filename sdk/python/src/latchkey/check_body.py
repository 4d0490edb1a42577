"""The body of a check."""

from __future__ import annotations

import json

from .verdict import Check

MAX_TEXT_LENGTH = 4_000
"""No rule reads more of these texts."""
MAX_BODY_BYTES = 16 * 1024

FIELDS = {
    "key": "key",
    "api": "api",
    "operation": "operation",
    "method": "method",
    "path": "path",
    "client_ip": "clientIp",
    "referrer": "referrer",
    "origin": "origin",
    "android_package": "androidPackage",
    "android_cert_sha1": "androidCertSha1",
    "ios_bundle_id": "iosBundleId",
    "required_scopes": "requiredScopes",
    "cost": "cost",
}
UNCUT = frozenset({"api", "operation", "method"})
"""Texts of the service, not of its caller: a wrong one must be rejected as it is."""
DROPPABLE = ("iosBundleId", "androidCertSha1", "androidPackage", "origin", "referrer")


def body_of(check: Check, default_api: str | None) -> bytes:
    """The body of a check, at most 16 KiB.

    Longer texts are cut; if that is not enough they are left out, so that rules that need them
    deny.
    """
    fields: dict[str, str | int | list[str]] = {}
    for name, sent_as in FIELDS.items():
        value = getattr(check, name)
        if name == "api" and value is None:
            value = default_api
        if value is not None:
            if name == "required_scopes":
                fields[sent_as] = list(value)
                continue
            is_cut = isinstance(value, str) and name not in UNCUT
            fields[sent_as] = value[:MAX_TEXT_LENGTH] if is_cut else value
    body = _encode(fields)
    for name in DROPPABLE:
        if len(body) <= MAX_BODY_BYTES:
            return body
        if fields.pop(name, None) is not None:
            body = _encode(fields)
    if len(body) > MAX_BODY_BYTES and "path" in fields:
        body = _encode({**fields, "path": ""})
    return body


def _encode(fields: dict[str, str | int | list[str]]) -> bytes:
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate has no UTF-8 form; its backslash form is its JSON escape.
    return text.encode("utf-8", "backslashreplace")
