"""Access tokens: with libraries that know only the standards (Authlib and PyJWT), and with `latchkey.access_tokens`."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import httpx
import jwt
import pytest
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from deployment import deployment

from latchkey import VerdictUnavailableError
from latchkey.access_tokens import AccessTokenDenied, AccessTokenVerifier

EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
REAL = deployment()
METADATA: dict[str, Any] = httpx.get(f"{REAL.portalUrl}/.well-known/oauth-authorization-server").json()
KEYS = jwt.PyJWKClient(METADATA["jwks_uri"])
SCOPES = ["badges:read", "badges:write"]


@dataclass(frozen=True)
class Key:
    id: str
    secret: str


def create_key() -> Key:
    created = httpx.post(
        f"{REAL.portalUrl}/api/v1/projects/{REAL.projectId}/keys",
        headers={"Authorization": f"Bearer {REAL.managementToken}"},
        json={"name": "oauth", "environment": "live"},
    ).json()
    return Key(created["key"]["id"], created["secret"])


def change(method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    return httpx.request(
        method,
        f"{REAL.portalUrl}/api/v1/projects/{REAL.projectId}/keys/{path}",
        headers={"Authorization": f"Bearer {REAL.managementToken}"},
        json=body,
    ).raise_for_status()


def verifier_for(**more: Any) -> AccessTokenVerifier:
    options = {"url": REAL.verifierUrl, "token": REAL.serviceToken, "issuer": REAL.portalUrl, "api": "badges"}
    return AccessTokenVerifier(**{**options, **more})


def issue(key: Key) -> str:
    with client_of(key) as client:
        return str(fetch(client)["access_token"])


def code_of(verifier: AccessTokenVerifier, token: str, *scopes: str) -> str:
    try:
        verifier.verify(token, scopes)
    except AccessTokenDenied as denied:
        return denied.code
    return "VALID"


def client_of(key: Key, method: str = "client_secret_basic") -> OAuth2Client:
    return OAuth2Client(key.id, key.secret, token_endpoint_auth_method=method, scope="badges:read")


def fetch(client: OAuth2Client, **more: str) -> dict[str, Any]:
    fields = {"grant_type": "client_credentials", "resource": "badges", **more}
    token: dict[str, Any] = client.fetch_token(METADATA["token_endpoint"], **fields)
    return token


def verify(token: str, audience: str = "badges") -> dict[str, Any]:
    key = KEYS.get_signing_key_from_jwt(token)
    claims: dict[str, Any] = jwt.decode(
        token,
        key,
        algorithms=["ES256"],
        audience=audience,
        issuer=METADATA["issuer"],
        options={"require": ["exp", "iat", "iss", "sub", "aud", "jti"]},
    )
    return claims


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_authlib_gets_a_token_that_pyjwt_verifies(method: str) -> None:
    key = create_key()
    with client_of(key, method) as client:
        token = fetch(client)
    assert token["token_type"] == "Bearer"
    assert token["expires_at"] <= time.time() + 300
    assert jwt.get_unverified_header(token["access_token"])["typ"] == "at+jwt"
    claims = verify(token["access_token"])
    assert (claims["sub"], claims["client_id"], claims["scope"]) == (key.id, key.id, "badges:read")
    assert claims["latchkey"]["project"] == REAL.projectId
    with pytest.raises(jwt.InvalidAudienceError):
        verify(token["access_token"], "streams")


def test_authlib_introspects_and_revokes_a_token() -> None:
    key = create_key()
    with client_of(key) as client:
        token = fetch(client)["access_token"]

        def introspect() -> dict[str, Any]:
            # A service shows its own token, which is no client secret.
            answer: dict[str, Any] = httpx.post(
                METADATA["introspection_endpoint"],
                data={"token": token},
                headers={"Authorization": f"Bearer {REAL.serviceToken}"},
            ).json()
            return answer

        assert introspect()["active"] is True
        assert client.revoke_token(METADATA["revocation_endpoint"], token=token).status_code == 200
        assert introspect() == {"active": False}


def test_authlib_exchanges_a_key() -> None:
    with OAuth2Client(token_endpoint_auth_method="none") as client:
        token = client.fetch_token(
            METADATA["token_endpoint"],
            grant_type=EXCHANGE,
            subject_token=REAL.secrets["valid"],
            subject_token_type="urn:latchkey:token-type:api-key",
            audience="badges",
        )
    assert token["issued_token_type"] == "urn:ietf:params:oauth:token-type:access_token"
    assert verify(token["access_token"])["scope"].split() == SCOPES


@pytest.mark.parametrize(
    ("key", "more", "error"),
    [
        (Key("key_other", REAL.secrets["valid"]), {}, "invalid_client"),
        (None, {"resource": "nothing"}, "invalid_target"),
        (None, {"scope": "badges:admin"}, "invalid_scope"),
        (None, {"grant_type": "authorization_code", "code": "x"}, "unsupported_grant_type"),
    ],
)
def test_authlib_reads_why_a_token_is_denied(key: Key | None, more: dict[str, str], error: str) -> None:
    with client_of(key or create_key()) as client, pytest.raises(OAuthError) as raised:
        fetch(client, **more)
    assert raised.value.error == error
    assert raised.value.description


def test_a_token_of_a_revoked_key_is_denied_within_a_second() -> None:
    key = create_key()
    token = issue(key)
    with verifier_for() as verifier:
        verified = verifier.verify(token, ["badges:read"])
        assert (verified.key_id, verified.project_id, verified.scopes) == (key.id, REAL.projectId, ("badges:read",))
        assert code_of(verifier, token, "badges:write") == "SCOPE_NOT_GRANTED"
        change("DELETE", key.id)
        deadline = time.monotonic() + 1
        while code_of(verifier, token) != "TOKEN_REVOKED":
            assert time.monotonic() < deadline
            time.sleep(0.01)


def test_a_rotation_denies_the_tokens_of_the_old_secret_only() -> None:
    key = create_key()
    old = issue(key)
    with verifier_for() as verifier:
        secret = change("POST", f"{key.id}/rotate", {"overlapSeconds": 0}).json()["secret"]
        current = issue(Key(key.id, secret))
        deadline = time.monotonic() + 15
        while code_of(verifier, old) != "TOKEN_REVOKED":
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert code_of(verifier, current) == "VALID"


def test_other_tokens_are_denied() -> None:
    token = issue(create_key())
    header, payload, signature = token.split(".")
    claims = jwt.decode(token, options={"verify_signature": False})
    kid = jwt.get_unverified_header(token)["kid"]
    hmac = jwt.encode(claims, "x" * 32, "HS256", {"typ": "at+jwt", "kid": kid})
    unsigned = jwt.encode(claims, "", "none", {"typ": "at+jwt", "kid": kid})
    with verifier_for() as verifier:
        for text in [
            *("", "..", "a.b.c", f"{token}.", f" {token}", f"{header}.{payload}.", hmac, unsigned),
            f"{header}.{payload}.{signature[::-1]}",
            f"{header}.{payload}.{'A' * 20_000}",
        ]:
            assert code_of(verifier, text) == "TOKEN_INVALID", text[:80]
    for more, code in (
        ({"api": "streams"}, "TOKEN_INVALID"),
        ({"issuer": "https://elsewhere.example"}, "TOKEN_INVALID"),
        ({"clock": lambda: time.time() + 301}, "TOKEN_EXPIRED"),
        ({"clock": lambda: 0.0}, "VALID"),
        ({"url": ["http://127.0.0.1:9", REAL.verifierUrl], "on_error": lambda _: None}, "VALID"),
    ):
        with verifier_for(**more) as verifier:
            assert code_of(verifier, token) == code


def test_nothing_is_accepted_without_revocations() -> None:
    token = issue(create_key())
    verifier = verifier_for(token="lk_svc_wrong", on_error=lambda _: None)
    with pytest.raises(VerdictUnavailableError):
        verifier.verify(token)
    verifier.close()
    closed = verifier_for()
    closed.close()
    with pytest.raises(VerdictUnavailableError):
        closed.verify(token)


@pytest.mark.parametrize("more", [{"url": []}, {"url": "verifier"}, {"token": ""}, {"api": ""}, {"max_delay": 1}])
def test_options_that_cannot_work_are_rejected(more: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Latchkey"):
        verifier_for(**more)
