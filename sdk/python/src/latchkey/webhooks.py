"""Verification of Latchkey's webhooks (Standard Webhooks 1.0)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_DIGITS = re.compile(r"[0-9]{1,15}")


class WebhookError(Exception):
    """The request isn't from Latchkey, was changed, or is too old. Answer it with 401."""


@dataclass(frozen=True, kw_only=True)
class WebhookEvent:
    """An event as Latchkey sends it (docs/integrate/webhooks.md)."""

    id: str
    """The same for every attempt of an event: store it to ignore repetitions."""
    type: str
    """For example `key.revoked`. New types are added; ignore those that you don't know."""
    timestamp: str
    """When it happened, ISO 8601, UTC."""
    data: Mapping[str, Any]


def verify_webhook(
    *,
    secret: str | Iterable[str],
    body: bytes | str,
    headers: Mapping[str, str],
    tolerance: float = 300,
    now: float | None = None,
) -> WebhookEvent:
    """The event of a webhook request, after verifying its signature. Raises `WebhookError`.

    - `secret`: the signing secret (`whsec_…`); several during a rotation.
    - `body`: the raw body, before any parsing.
    - `headers`: headers of the request; the case of their names doesn't matter.
    - `tolerance`: largest age and largest clock difference, seconds.
    - `now`: current time, epoch seconds. For tests.
    """
    keys = [_key(each) for each in ([secret] if isinstance(secret, str) else secret)]
    named = {name.lower(): value for name, value in headers.items()}
    event_id, timestamp, signatures = (named.get(f"webhook-{name}") for name in ("id", "timestamp", "signature"))
    if not event_id or not timestamp or not signatures:
        raise WebhookError("A signature header is missing.")
    current = time.time() if now is None else now
    if not _DIGITS.fullmatch(timestamp) or abs(current - int(timestamp)) > tolerance:
        raise WebhookError("The timestamp is too old, or too far in the future.")
    raw = body.encode() if isinstance(body, str) else body
    signed = f"{event_id}.{timestamp}.".encode() + raw
    offered = [_decode(text[3:]) for text in signatures.split(" ") if text.startswith("v1,")]
    for key in keys:
        expected = hmac.new(key, signed, hashlib.sha256).digest()
        if any(bytes_ is not None and hmac.compare_digest(bytes_, expected) for bytes_ in offered):
            return _event(event_id, raw)
    raise WebhookError("No signature matches.")


def _event(event_id: str, raw: bytes) -> WebhookEvent:
    try:
        event = json.loads(raw)
        return WebhookEvent(id=event_id, type=event["type"], timestamp=event["timestamp"], data=event["data"])
    except (ValueError, KeyError, TypeError) as error:
        raise WebhookError("The body is not an event.") from error


def _key(secret: str) -> bytes:
    key = _decode(secret.removeprefix("whsec_"))
    if not key:
        raise ValueError("Latchkey: this is not a webhook signing secret.")
    return key


def _decode(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
