"""Servers that answer as the vectors in `sdk/vectors` script them."""

from __future__ import annotations

import json
import socket
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any


@dataclass(frozen=True)
class ReceivedCheck:
    verifier: int
    body: Any
    idempotency_key: str | None
    authorization: str | None
    connection: int
    """Port of the client, which identifies the connection."""


class FakeVerifiers:
    """Starts a verifier for each script, and remembers what they received, in order."""

    def __init__(self, scripts: list[dict[str, Any]]) -> None:
        self.received: list[ReceivedCheck] = []
        self.urls: list[str] = []
        self._stopping = threading.Event()
        self._servers: list[ThreadingHTTPServer] = []
        for index, script in enumerate(scripts):
            self.urls.append(self._closed_port() if "down" in script else self._serve(index, script["answers"]))

    def __enter__(self) -> FakeVerifiers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        for server in self._servers:
            server.shutdown()
            server.server_close()

    @staticmethod
    def _closed_port() -> str:
        with socket.create_server(("127.0.0.1", 0)) as server:
            return f"http://127.0.0.1:{server.getsockname()[1]}"

    def _serve(self, index: int, answers: list[dict[str, Any]]) -> str:
        outer = self
        lock = threading.Lock()
        remaining = list(answers)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with lock:
                    answer = remaining.pop(0) if len(remaining) > 1 else remaining[0]
                    outer.received.append(
                        ReceivedCheck(
                            index,
                            body,
                            self.headers["Idempotency-Key"],
                            self.headers["Authorization"],
                            self.client_address[1],
                        )
                    )
                if "hang" in answer:
                    outer._stopping.wait(30)
                if "hang" in answer or "close" in answer:
                    self.close_connection = True
                    return
                content = answer.get("text", json.dumps(answer.get("json"))).encode()
                self.send_response(answer["status"])
                for name, value in {"Content-Type": "application/json", **answer.get("headers", {})}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_arguments: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.block_on_close = False
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        self._servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"
