"""The middleware of each framework, with a fake verifier."""

import asyncio
import io
from collections.abc import Iterator
from typing import Annotated, Any

import django
import httpx
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import AsyncClient, Client, override_settings
from django.urls import path
from fastapi import Depends, FastAPI, Request

from latchkey import AllowedVerdict, RateLimitState
from latchkey.asgi import LatchkeyMiddleware as AsgiMiddleware
from latchkey.asgi import Message, Receive, Scope, Send
from latchkey.fastapi import require_api_key
from latchkey.testing import AsyncFakeLatchkey, FakeKey, FakeLatchkey
from latchkey.wsgi import LatchkeyMiddleware as WsgiMiddleware

LIMIT = RateLimitState(limit=10, window_seconds=60, remaining=9, reset_ms=500)
KEYS: dict[str, FakeKey] = {"good": {"name": "mine", "rate_limit": LIMIT}, "slow": "RATE_LIMITED"}
GOOD = {"X-Api-Key": "good", "Referer": "https://example.com/"}


def expect_denied(response: Any, status: int = 401) -> None:
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"


def call(app: Any, target: str, method: str = "GET", **headers: str) -> httpx.Response:
    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(app, client=("203.0.113.9", 4_711))
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as http:
            return await http.request(method, target, headers={n.replace("_", "-"): v for n, v in headers.items()})

    return asyncio.run(run())


def starlette_app(fake: AsyncFakeLatchkey) -> FastAPI:
    app = FastAPI()
    app.add_middleware(AsgiMiddleware, verifier=fake)

    @app.api_route("/badges/{name:path}", methods=["GET", "OPTIONS"])
    async def badges(request: Request) -> dict[str, Any]:
        return {"caller": request.state.latchkey and request.state.latchkey.name}

    return app


def test_asgi_denies_without_a_key_and_passes_the_verdict_on() -> None:
    fake = AsyncFakeLatchkey(KEYS)
    app = starlette_app(fake)
    expect_denied(call(app, "/badges/a"))
    expect_denied(call(app, "/badges/a", X_Api_Key="slow"), 429)
    response = call(app, "/badges/a%2Fb?c=d", **GOOD)
    assert (response.status_code, response.json()) == (200, {"caller": "mine"})
    assert response.headers["RateLimit"] == '"default";r=9;t=1'
    check = fake.checks[-1]
    assert (check.method, check.path, check.client_ip) == ("GET", "/badges/a%2Fb", "203.0.113.9")
    assert check.referrer == "https://example.com/"


def test_asgi_lets_a_preflight_pass() -> None:
    fake = AsyncFakeLatchkey(KEYS)
    preflight = {"Origin": "https://example.com", "Access_Control_Request_Method": "GET"}
    assert call(starlette_app(fake), "/badges/a", "OPTIONS", **preflight).json() == {"caller": None}
    assert fake.checks == []


def test_asgi_answers_503_when_no_verdict_can_be_had() -> None:
    fake = AsyncFakeLatchkey(KEYS)
    fake.is_unavailable = True
    response = call(starlette_app(fake), "/badges/a", **GOOD)
    expect_denied(response, 503)
    assert response.headers["Retry-After"] == "1"


@pytest.mark.parametrize("extensions", [{}, {"websocket.http.response": {}}])
def test_asgi_denies_a_websocket_before_its_handshake(extensions: dict[str, Any]) -> None:
    accepted: list[str] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        accepted.append(scope["state"]["latchkey"].name)

    async def connect(key: bytes) -> list[Message]:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "websocket.connect"}

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {"type": "websocket", "path": "/live", "headers": [(b"x-api-key", key)], "extensions": extensions}
        await AsgiMiddleware(app, AsyncFakeLatchkey(KEYS))(scope, receive, send)
        return sent

    [first, *_] = asyncio.run(connect(b"bad"))
    if extensions:
        assert (first["type"], first["status"]) == ("websocket.http.response.start", 401)
    else:
        assert first == {"type": "websocket.close", "code": 1008}
    assert accepted == []
    assert asyncio.run(connect(b"good")) == []
    assert accepted == ["mine"]


def test_a_fastapi_dependency_protects_single_routes() -> None:
    fake = AsyncFakeLatchkey(KEYS)
    app = FastAPI()
    api_key = require_api_key(app, fake, operation="badges.list")

    @app.get("/open")
    async def open_route() -> str:
        return "open"

    @app.get("/badges", dependencies=[Depends(api_key)])
    async def badges(verdict: Annotated[AllowedVerdict | None, Depends(api_key)]) -> str:
        return verdict.name if verdict and verdict.code == "VALID" else "unverified"

    assert call(app, "/open").json() == "open"
    denied = call(app, "/badges")
    expect_denied(denied)
    assert denied.json()["code"] == "KEY_MISSING"
    assert denied.headers["WWW-Authenticate"] == 'Bearer realm="API key"'
    response = call(app, "/badges", **GOOD)
    assert (response.json(), response.headers["RateLimit"]) == ("mine", '"default";r=9;t=1')
    assert len(fake.checks) == 2
    assert (fake.checks[-1].operation, fake.checks[-1].path) == ("badges.list", None)


def wsgi_call(app: Any, **environ: Any) -> tuple[str, dict[str, str], bytes]:
    started: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], _exc_info: Any = None) -> None:
        started.append((status, dict(headers)))

    base = {"REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "REMOTE_ADDR": "203.0.113.9", "wsgi.input": io.BytesIO()}
    body = b"".join(app({**base, **environ}, start_response))
    [(status, headers)] = started
    return status, headers, body


def test_wsgi_denies_without_a_key_and_passes_the_verdict_on() -> None:
    fake = FakeLatchkey(KEYS)

    def service(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [environ["latchkey"].name.encode()]

    app = WsgiMiddleware(service, fake)
    status, headers, body = wsgi_call(app, PATH_INFO="/badges")
    assert (status, headers["Content-Type"]) == ("401 Unauthorized", "application/problem+json")
    assert headers["Content-Length"] == str(len(body))
    status, headers, body = wsgi_call(app, SCRIPT_NAME="/api", PATH_INFO="/b\xc3\xa4?%", HTTP_X_API_KEY="good")
    assert (status, body, headers["RateLimit"]) == ("200 OK", b"mine", '"default";r=9;t=1')
    assert fake.checks[-1].path == "/api/b%C3%A4%3F%25"
    wsgi_call(app, PATH_INFO="/a/b", RAW_URI="/a%2Fb?c", HTTP_X_API_KEY="good")
    assert fake.checks[-1].path == "/a%2Fb"


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.latchkey.name)  # type: ignore[attr-defined]


async def async_view(request: HttpRequest) -> HttpResponse:
    return view(request)


def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse("healthy")


urlpatterns = [path("badges", view), path("async", async_view), path("health", health), path("healthy", health)]


@pytest.fixture(scope="module", autouse=True)
def _django() -> None:
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], MIDDLEWARE=["latchkey.django.LatchkeyMiddleware"])
    django.setup()


@pytest.fixture
def django_fake() -> Iterator[FakeLatchkey]:
    fake = FakeLatchkey(KEYS)
    with override_settings(LATCHKEY={"verifier": fake, "exempt": ["/health"], "cost": 2}):
        yield fake


def test_django_denies_without_a_key_and_passes_the_verdict_on(django_fake: FakeLatchkey) -> None:
    client = Client(REMOTE_ADDR="203.0.113.9")
    expect_denied(client.get("/badges"))
    expect_denied(client.get("/badges", headers={"X-Api-Key": "slow"}), 429)
    response = client.get("/badges?page=2", headers=GOOD)
    assert (response.content, response.headers["RateLimit"]) == (b"mine", '"default";r=9;t=1')
    check = django_fake.checks[-1]
    assert (check.path, check.client_ip, check.referrer) == ("/badges", "203.0.113.9", "https://example.com/")
    assert check.cost == 2


@pytest.mark.usefixtures("django_fake")
def test_django_exempts_a_path_and_what_is_below_it_only() -> None:
    client = Client()
    assert client.get("/health").content == b"healthy"
    assert client.get("/health/below").status_code == 404
    expect_denied(client.get("/healthy"))
    expect_denied(client.get("/unknown"))


def test_django_verifies_async_requests_without_a_thread() -> None:
    fake = AsyncFakeLatchkey(KEYS)

    async def run() -> None:
        client = AsyncClient()
        expect_denied(await client.get("/async"))
        response = await client.get("/async", headers=GOOD)
        assert (response.status_code, response.content) == (200, b"mine")
        assert (await client.get("/health")).content == b"healthy"

    with override_settings(LATCHKEY={"verifier": fake, "exempt": ["/health"]}):
        asyncio.run(run())
    assert [check.path for check in fake.checks] == ["/async", "/async"]


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        (None, "dictionary"),
        ({"verifier": FakeLatchkey(), "exempt": ["/"]}, "exempt"),
        ({"verifier": FakeLatchkey(), "exempt": "/health"}, "exempt"),
    ],
)
def test_django_rejects_a_setting_that_cannot_work(setting: Any, message: str) -> None:
    with override_settings(LATCHKEY=setting), pytest.raises(ImproperlyConfigured, match=message):
        Client().get("/badges")


def test_an_unknown_option_is_rejected() -> None:
    options: Any = {"trusted_proxy": ["10.0.0.0/8"]}
    with pytest.raises(TypeError, match="trusted_proxy"):
        WsgiMiddleware(lambda _environ, _start: [], FakeLatchkey(), **options)


def test_an_error_in_a_function_of_the_options_denies() -> None:
    errors: list[Exception] = []
    fake = AsyncFakeLatchkey(KEYS)
    app = AsgiMiddleware(starlette_app(fake), fake, cost=lambda _request: 1 // 0, on_error=errors.append)
    expect_denied(call(app, "/badges/a", **GOOD), 503)
    assert [type(error) for error in errors] == [ZeroDivisionError]
