"""Middleware for WSGI applications: Flask, Pyramid, Bottle and others."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .guard import Deny, Guard, GuardOptions, ServiceRequest
from .verdict import KeyVerifier

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from typing_extensions import Unpack

SAFE_IN_PATH = "/:@!$&'()*+,;=~"


class LatchkeyMiddleware:
    """Protects a WSGI application. It finds the verdict in `environ["latchkey"]`, None for a CORS preflight."""

    def __init__(self, app: WSGIApplication, verifier: KeyVerifier, **options: Unpack[GuardOptions]) -> None:
        self._app = app
        self._guard = Guard(verifier, **options)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        decision = self._guard.decide(request_of(environ))
        if isinstance(decision, Deny):
            response = decision.response
            status = f"{response.status} {HTTPStatus(response.status).phrase}"
            headers = [*response.headers.items(), ("Content-Length", str(len(response.body)))]
            start_response(status, headers)
            return [response.body]
        environ["latchkey"] = decision.verdict
        added = list(decision.headers.items())

        def start_with_headers(status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Any:
            return start_response(status, [*headers, *added], exc_info)

        return self._app(environ, start_with_headers if added else start_response)


def request_of(environ: WSGIEnvironment, native: object = None) -> ServiceRequest:
    """The request of a WSGI environ."""

    def header(name: str) -> str | None:
        value = environ.get(f"HTTP_{name.upper().replace('-', '_')}")
        return value if isinstance(value, str) else None

    return ServiceRequest(
        method=environ.get("REQUEST_METHOD", "GET"),
        target=_target_of(environ),
        header=header,
        remote_address=environ.get("REMOTE_ADDR") or None,
        native=environ if native is None else native,
    )


def _target_of(environ: WSGIEnvironment) -> str:
    """The target as received, which some servers pass on. WSGI itself has only the decoded path."""
    received = environ.get("RAW_URI") or environ.get("REQUEST_URI")
    if isinstance(received, str):
        return received
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    return quote(path.encode("latin-1"), safe=SAFE_IN_PATH)
