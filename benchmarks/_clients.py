"""Clients in a process of their own: one thread and one kept connection each, the next request as soon as the answer is
there. Reads a job as JSON from stdin, writes what it measured to stdout.
"""

import json
import socket
import sys
import threading
import time
import uuid
from typing import Any


def exchange(link: socket.socket, request: bytes) -> tuple[int, bytes]:
    """Send one request and read one answer with a Content-Length."""
    link.sendall(request)
    data = b""
    while (end := data.find(b"\r\n\r\n")) < 0:
        data += _more(link)
    head = data[:end].lower()
    start = head.index(b"content-length:") + 15
    length = int(head[start : (head + b"\r\n").index(b"\r\n", start)])
    body = data[end + 4 :]
    while len(body) < length:
        body += _more(link)
    return int(data[9:12]), body


def _more(link: socket.socket) -> bytes:
    part = link.recv(65536)
    if not part:
        raise ConnectionError("the server closed the connection")
    return part


def client(job: dict[str, Any], number: int, until: float, found: list[tuple[float, int]]) -> None:
    """One person: bodies in turn, each with a key of its own."""
    bodies, headers = job["bodies"], job["headers"][number % len(job["headers"])]
    with socket.create_connection((job["host"], job["port"])) as link:
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        turn = number
        while (begun := time.monotonic()) < until:
            body = bodies[turn % len(bodies)].encode()
            turn += job["clients"]
            head = (
                f"POST {job['path']} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{headers}"
                f"Idempotency-Key: {uuid.uuid4()}\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            status, _answer = exchange(link, head.encode() + body)
            found.append((time.monotonic() - begun, status))


def main() -> None:
    job = json.load(sys.stdin)
    found: list[tuple[float, int]] = []
    begun = time.monotonic()
    until = begun + job["seconds"]
    threads = [threading.Thread(target=client, args=(job, n, until, found)) for n in range(job["clients"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses: dict[int, int] = {}
    for _, status in found:
        statuses[status] = statuses.get(status, 0) + 1
    json.dump(
        {"seconds": time.monotonic() - begun, "latencies": [took for took, _ in found], "statuses": statuses},
        sys.stdout,
    )


if __name__ == "__main__":
    main()
