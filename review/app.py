"""The review page as a small local app: the same page, with decisions written to the file as they are made."""

import json
import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from gzip import compress

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from models.change import Change
from models.decision import Decision
from models.errors import DecidedError, ReviewError
from review.decisions import append_decisions, read_decision, read_decisions, refuse_taken, refuse_undo
from review.desk import HOST, Desk, find_fault, find_stranger
from review.page import make_data, render_page, write_page_policy

LARGEST = 1 << 24  # bytes of a decision that is sent
BARE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


def make_app(desk: Desk) -> Starlette:
    """The app. Every answer but the empty page needs a secret; nothing changes but by a POST of the page itself."""
    page = render_page(desk.material, "app")
    known = {change.id: change for change in desk.material.changes}

    async def show_page(_: Request) -> Response:
        return Response(page, media_type="text/html")

    async def give_session(request: Request) -> Response:
        return answer_key(desk, request)

    async def give_data(_: Request) -> Response:
        return await run_in_threadpool(answer_data, desk)

    async def give_decisions(_: Request) -> Response:
        return await run_in_threadpool(answer_decisions, desk)

    async def take_decision(request: Request) -> Response:
        body = await read_body(request)
        if body is None:
            return PlainTextResponse("a decision of this size is refused", 413)
        return await run_in_threadpool(keep_decision, desk, body, known)

    routes = [
        Route("/", show_page),
        Route("/session", give_session, methods=["POST"]),
        Route("/data", guard(desk, give_data)),
        Route("/decisions", guard(desk, give_decisions)),
        Route("/decisions", guard(desk, take_decision), methods=["POST"]),
    ]
    shield = Middleware(BaseHTTPMiddleware, dispatch=make_shield(desk, write_page_policy("app")))
    return Starlette(routes=routes, middleware=[shield])


@contextmanager
def listen(port: int) -> Iterator[socket.socket]:
    """A socket on loopback; port 0 is a free one. Raises ReviewError."""
    try:
        line = socket.create_server((HOST, port))
    except OSError as error:
        raise ReviewError(
            f"port {port} cannot be had ({error.strerror}); --port 0 takes a free one"
        ) from error
    with line:
        yield line


def serve(desk: Desk, line: socket.socket) -> None:
    """Answers until Ctrl-C."""
    config = uvicorn.Config(make_app(desk), log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[line])


Answer = Callable[[Request], Awaitable[Response]]


def make_shield(desk: Desk, policy: str) -> Callable[[Request, Answer], Awaitable[Response]]:
    """Refuses requests under another host's name, and puts the headers on every answer."""

    async def shield(request: Request, following: Answer) -> Response:
        if request.headers.get("host") not in {f"{HOST}:{desk.port}", f"localhost:{desk.port}"}:
            answer: Response = PlainTextResponse("not this host", 421)
        else:
            answer = await following(request)
        answer.headers.update(BARE | {"Content-Security-Policy": f"{policy}; frame-ancestors 'none'"})
        return answer

    return shield


def guard(desk: Desk, following: Answer) -> Answer:
    """Lets only the page's own requests through."""

    async def check(request: Request) -> Response:
        fault = find_fault(desk, request)
        return PlainTextResponse(fault, 403) if fault else await following(request)

    return check


def answer_key(desk: Desk, request: Request) -> Response:
    """A session for the key of the address, once."""
    fault = find_stranger(desk, request)
    session = None if fault else desk.open_session(request.headers.get("x-dateline-key", ""))
    if session is None:
        return PlainTextResponse(
            fault or "this address was used before: open the one that was printed last", 403
        )
    return JSONResponse({"token": session}, 201)


async def read_body(request: Request) -> bytes | None:
    """The body; None where it is too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)


def answer_data(desk: Desk) -> Response:
    """All that the page draws, with the decisions as they stand in the file now."""
    try:
        desk.material.decisions = read_decisions(desk.decisions)
    except ReviewError as error:
        return PlainTextResponse(str(error), 500)
    text = json.dumps(make_data(desk.material, limit=1 << 40), ensure_ascii=False).encode("utf-8", "replace")
    return Response(
        compress(text, 6, mtime=0), media_type="application/json", headers={"Content-Encoding": "gzip"}
    )


def answer_decisions(desk: Desk) -> Response:
    """The records of the file, for a page that somebody else was quicker than."""
    try:
        decisions = read_decisions(desk.decisions)
    except ReviewError as error:
        return PlainTextResponse(str(error), 500)
    return JSONResponse([decision.model_dump(mode="json") for decision in decisions])


def keep_decision(desk: Desk, body: bytes, known: Mapping[str, Change]) -> Response:
    """Writes a decision that is sound and about these changes as they are."""
    try:
        decision = read_decision(body, "the request")
        check_covers(desk, decision, known)
        desk.check_edit(decision)

        def check(others: list[Decision]) -> None:
            refuse_undo(decision, others)
            refuse_taken(decision, [known[covered.change] for covered in decision.covers], others)

        append_decisions(desk.decisions, [decision], check)
    except DecidedError as error:
        return PlainTextResponse(str(error), 409)
    except ReviewError as error:
        return PlainTextResponse(str(error), 422)
    return JSONResponse({"decision_id": decision.decision_id}, 201)


def check_covers(desk: Desk, decision: Decision, known: Mapping[str, Change]) -> None:
    """Raises ReviewError where a decision is about another review, or about changes that are not so."""
    diff = desk.material.diff
    if (decision.before, decision.after) != (diff.before.name, diff.after.name):
        raise ReviewError(
            f"this is the review of {diff.before.name} and {diff.after.name}: open the page anew"
        )
    if any(c.change not in known or known[c.change].hash != c.hash for c in decision.covers):
        raise ReviewError("a change is not as it was shown: open the page anew")
