"""Any ASGI framework: the middleware protects the whole application. Run it with `uvicorn asgi_app:app`."""

import json
import os

from latchkey import AsyncLatchkey
from latchkey.asgi import LatchkeyMiddleware, Receive, Scope, Send


async def badges(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    verdict = scope["state"]["latchkey"]
    body = json.dumps({"caller": verdict.name if verdict and verdict.code == "VALID" else "unverified"}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


latchkey = AsyncLatchkey(
    url=os.environ["LATCHKEY_VERIFIER_URL"],
    token=os.environ["LATCHKEY_TOKEN"],
    api=os.environ.get("LATCHKEY_API"),
)
app = LatchkeyMiddleware(badges, latchkey)
