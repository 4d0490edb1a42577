from __future__ import annotations

import base64
from typing import Any

import pytest

from latchkey.webhooks import WebhookError, verify_webhook

SECRET = f"whsec_{base64.b64encode(bytes([1] * 24)).decode()}"
OLD_SECRET = f"whsec_{base64.b64encode(bytes([2] * 24)).decode()}"
SENT_AT = 1_795_435_200
BODY = '{"type":"key.revoked","timestamp":"2026-11-23T12:00:00.000Z","data":{"text":"é"}}'
# Computed by the reference implementation, npm's `standardwebhooks`.
SIGNATURE = "v1,PPRsWA6yRReTLWt+ZAVzClPTsA0u28LKV8I4VgtHGKE="
OLD_SIGNATURE = "v1,DgP8PiPVRyvfHuQdY77+b4L6Q94Tzfh3YZU6CZBAWg0="


def headers(signature: str = SIGNATURE, **changed: str) -> dict[str, str]:
    named = {"id": "evt_1", "timestamp": str(SENT_AT), "signature": signature, **changed}
    return {f"webhook-{name}": value for name, value in named.items()}


def verify(**changed: Any) -> Any:
    return verify_webhook(**{"secret": SECRET, "body": BODY, "headers": headers(), "now": SENT_AT, **changed})


@pytest.mark.parametrize("body", [BODY, BODY.encode()])
def test_an_event_that_the_reference_implementation_signed_is_accepted(body: str | bytes) -> None:
    event = verify(body=body, now=SENT_AT + 299)
    assert (event.id, event.type, event.data) == ("evt_1", "key.revoked", {"text": "é"})


def test_the_case_of_header_names_does_not_matter() -> None:
    assert verify(headers={name.title(): value for name, value in headers().items()}).id == "evt_1"


def test_during_a_rotation_either_secret_and_either_signature_is_enough() -> None:
    assert verify(headers=headers(f"{OLD_SIGNATURE} v2,x {SIGNATURE}")).id == "evt_1"
    assert verify(headers=headers(OLD_SIGNATURE), secret=[SECRET, OLD_SECRET]).id == "evt_1"


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"body": BODY.replace("revoked", "created")}, id="a changed body"),
        pytest.param({"secret": OLD_SECRET}, id="another secret"),
        pytest.param({"now": SENT_AT + 301}, id="an old timestamp"),
        pytest.param({"now": SENT_AT - 301}, id="a timestamp in the future"),
        pytest.param({"headers": {}}, id="no headers"),
        pytest.param({"headers": headers(timestamp="1e9")}, id="a timestamp that is no number"),
        pytest.param({"headers": headers(timestamp="9" * 400)}, id="a huge timestamp"),
        pytest.param({"headers": headers(id="evt_2")}, id="a changed id"),
        pytest.param({"headers": headers("v1,*")}, id="a signature that is no base64"),
        pytest.param({"headers": headers("v1,é")}, id="a signature that is not ASCII"),
    ],
)
def test_anything_else_is_rejected(changed: dict[str, Any]) -> None:
    with pytest.raises(WebhookError):
        verify(**changed)


def test_a_text_that_is_no_secret_is_rejected() -> None:
    with pytest.raises(ValueError, match="signing secret"):
        verify(secret="whsec_")
