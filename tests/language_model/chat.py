"""A chat endpoint of our own, over real HTTP: it answers as a test tells it to, else as a good model does."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from claims.language_model import Endpoint, LanguageModel, prompts

KEY = "sk-very-secret-0123456789"
Material = dict[str, Any]
# Makes an answer of a stage's material: a text as it is, anything else as JSON.
Stage = Callable[[Material], Any]


@dataclass
class Reply:
    """What is sent: the pieces of the body, with a pause (seconds) before each."""

    status: int = 200
    body: tuple[bytes, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0


def completion(content: Any, *, finish_reason: str = "stop", usage: Any = None) -> Reply:
    text = content if isinstance(content, str) else json.dumps(content)
    message = {"role": "assistant", "content": text}
    answer = {"choices": [{"index": 0, "message": message, "finish_reason": finish_reason}], "usage": usage}
    return Reply(body=(json.dumps(answer).encode(),))


def select(material: Material) -> Any:
    return {"sentences": [{"n": s["n"], "verdict": "claim"} for s in material["sentences"]]}


def rewrite(material: Material) -> Any:
    return {"sentences": [{"n": s["n"], "text": s["text"]} for s in material["sentences"] if s["rewrite"]]}


def claim(n: Any, text: Any, **more: Any) -> dict[str, Any]:
    return {"n": n, "text": text, "claimant": None, "when": None, "kind": "event"} | more


def decompose(material: Material) -> Any:
    return {"claims": [claim(s["n"], s["alone"]) for s in material["sentences"]]}


def check(material: Material) -> Any:
    return {"claims": [{"n": c["n"], "supported": True, "standalone": True} for c in material["claims"]]}


GOOD: dict[str, Stage] = {
    prompts.SELECT: select,
    prompts.DISAMBIGUATE: rewrite,
    prompts.DECOMPOSE: decompose,
    prompts.CHECK: check,
}


class Chat:
    """The server. `replies` are sent first, one a request; then `every`, if set; then the stages' answers."""

    def __init__(self) -> None:
        self.stages = dict(GOOD)
        self.replies: list[Reply] = []
        self.every: Reply | None = None
        self.refuses: set[str] = set()  # fields of a request that this server does not know
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def model(self, *, timeout: float = 5.0, tokens: int = 100_000, seconds: float = 60.0) -> LanguageModel:
        """The extractor that asks this server and never waits between two tries."""
        endpoint = Endpoint(self.url, "tiny", key=KEY, timeout=timeout)
        return LanguageModel(endpoint, tokens=tokens, seconds=seconds, pause=lambda seconds: None)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def reply(self, path: str, request: dict[str, Any]) -> Reply:
        self.requests.append(request)
        if path != "/v1/chat/completions":
            return Reply(404)
        if self.refuses & set(request):
            return Reply(422)
        if self.replies:
            return self.replies.pop(0)
        if self.every is not None:
            return self.every
        system, user = request["messages"]
        return completion(self.stages[system["content"]](json.loads(user["content"])))

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        chat = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                chat.headers.append(dict(self.headers))
                reply = chat.reply(self.path, json.loads(body))
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    for piece in reply.body:
                        time.sleep(reply.pause)
                        self.wfile.write(piece)
                except OSError:
                    pass  # The client has had enough.

            def log_message(self, *args: Any) -> None:
                pass

        return Handler
