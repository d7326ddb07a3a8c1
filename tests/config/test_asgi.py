"""The live process's door."""

import asyncio
from typing import Any

from asgiref.testing import ApplicationCommunicator

from config.asgi import application


async def outputs_of(scope: dict[str, Any], first: dict[str, Any]) -> list[dict[str, Any]]:
    talk = ApplicationCommunicator(application, scope)
    await talk.send_input(first)
    found = [await talk.receive_output(timeout=5)]
    while found[-1]["type"] == "http.response.start":
        found.append(await talk.receive_output(timeout=5))
    return found


def test_pages_are_not_served_here():
    start, body = asyncio.run(outputs_of({"type": "http", "path": "/wall", "headers": []}, {"type": "http.request"}))
    assert start["status"] == 404
    assert b"/ws" in body["body"]


def test_an_unknown_socket_path_is_refused():
    scope = {"type": "websocket", "path": "/elsewhere", "headers": []}
    (refusal,) = asyncio.run(outputs_of(scope, {"type": "websocket.connect"}))
    assert refusal["type"] == "websocket.close"
