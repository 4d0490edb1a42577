"""Middleware for Django. It is configured by the setting `LATCHKEY`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from .asgi import request_of as request_of_asgi
from .client import AsyncLatchkey, Latchkey
from .guard import AsyncGuard, Decision, Deny, Guard, GuardOptions, ServiceRequest
from .wsgi import request_of as request_of_wsgi

CLIENT_OPTIONS = frozenset({"url", "token", "api", "timeout", "on_unavailable"})


class LatchkeyMiddleware:
    """Protects all views, sync and async. They find the verdict in `request.latchkey`.

    The setting `LATCHKEY` is a dictionary with the options of the client (`url`, `token`, `api`, `timeout`,
    `on_unavailable`) and of the middleware (`trusted_proxies`, `operation`, …), and two more:

    - `exempt`: paths that need no key, with everything below them, for example `["/admin/", "/health"]`.
    - `verifier`: a fake, in tests.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Any) -> None:
        self._get_response = get_response
        self._is_async = iscoroutinefunction(get_response)
        options = _options()
        self._exempt = _exempt_paths(options.pop("exempt", ()))
        client = {name: options.pop(name) for name in CLIENT_OPTIONS & options.keys()}
        verifier = options.pop("verifier", None)
        if verifier is None:
            verifier = AsyncLatchkey(**client) if self._is_async else Latchkey(**client)
        guard_options: GuardOptions = options  # type: ignore[assignment]
        self._guard: Any = (AsyncGuard if self._is_async else Guard)(verifier, **guard_options)
        if self._is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        if self._is_async:
            return self._acall(request)
        if self._is_exempt(request):
            return self._get_response(request)
        decision = self._guard.decide(_request_of(request))
        denied = _before(request, decision)
        return denied or _after(self._get_response(request), decision)

    async def _acall(self, request: HttpRequest) -> HttpResponseBase:
        if self._is_exempt(request):
            response: HttpResponseBase = await self._get_response(request)
            return response
        decision = await self._guard.decide(_request_of(request))
        denied = _before(request, decision)
        return denied or _after(await self._get_response(request), decision)

    def _is_exempt(self, request: HttpRequest) -> bool:
        # `path_info` is what Django resolves to a view.
        path = request.path_info
        return any(path == exempt or path.startswith(f"{exempt}/") for exempt in self._exempt)


def _options() -> dict[str, Any]:
    options = getattr(settings, "LATCHKEY", None)
    if not isinstance(options, dict):
        raise ImproperlyConfigured("Latchkey: the setting LATCHKEY must be a dictionary with url and token.")
    return dict(options)


def _exempt_paths(paths: Iterable[str]) -> list[str]:
    exempt = [path.rstrip("/") for path in paths]
    if isinstance(paths, str) or not all(path.startswith("/") for path in exempt):
        raise ImproperlyConfigured('Latchkey: exempt is a list of paths such as "/admin/", and never "/".')
    return exempt


def _request_of(request: HttpRequest) -> ServiceRequest:
    scope = getattr(request, "scope", None)
    return request_of_asgi(scope, request) if scope is not None else request_of_wsgi(request.META, request)


def _before(request: HttpRequest, decision: Decision) -> HttpResponse | None:
    if isinstance(decision, Deny):
        response = decision.response
        return HttpResponse(response.body, status=response.status, headers=dict(response.headers))
    request.latchkey = decision.verdict  # type: ignore[attr-defined]
    return None


def _after(response: HttpResponseBase, decision: Decision) -> HttpResponseBase:
    if not isinstance(decision, Deny):
        for name, value in decision.headers.items():
            response[name] = value
    return response
