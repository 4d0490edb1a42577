"""Any WSGI framework. Run it with `python wsgi_app.py`, or with gunicorn as `wsgi_app:app`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING
from wsgiref.simple_server import make_server

from latchkey import Latchkey
from latchkey.wsgi import LatchkeyMiddleware

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def badges(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    verdict = environ["latchkey"]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"caller": verdict.name if verdict and verdict.code == "VALID" else "unverified"}).encode()]


latchkey = Latchkey(
    url=os.environ["LATCHKEY_VERIFIER_URL"],
    token=os.environ["LATCHKEY_TOKEN"],
    api=os.environ.get("LATCHKEY_API"),
)
app = LatchkeyMiddleware(badges, latchkey)

if __name__ == "__main__":
    make_server("127.0.0.1", int(os.environ.get("PORT", "8080")), app).serve_forever()
