"""Mail through a real SMTP server, run by the test: a good day, a full mailbox, a server that is away."""

import asyncio
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any

import pytest

from notify.channels.protocol import ChannelFailed, Envelope
from notify.channels.smtp import Smtp

LETTER = Envelope("yw-1", "wang@example.org", "【一网】返工", "请返工\n再拍一张", "order_rework", False)


class Server:
    """Speaks enough SMTP to take a letter. `says` overrides the answer to a command."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.says: dict[str, str] = {}
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        started = asyncio.run_coroutine_threadsafe(asyncio.start_server(self._serve, "127.0.0.1", 0), self._loop)
        self._server = started.result(5)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def answer(text: str) -> None:
            writer.write(f"{text}\r\n".encode())
            await writer.drain()

        await answer("220 test ready")
        while line := (await reader.readline()).decode().strip():
            command = line.split(" ")[0].split(":")[0].upper()
            if command == "DATA":
                await answer("354 go on")
                self.letters.append((await reader.readuntil(b"\r\n.\r\n"))[:-3])
            await answer(self.says.get(command, "221 bye" if command == "QUIT" else "250 ok"))
            if command == "QUIT":
                break
        writer.close()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    running = Server()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
    settings.DEFAULT_FROM_EMAIL = "yiwang@city.example"
    yield running
    running.close()


def test_a_letter_arrives_as_it_was_written(server: Server) -> None:
    assert Smtp().send(LETTER).state == "sent"
    letter = message_from_bytes(server.letters[0], policy=policy.default)
    assert (letter["Subject"], letter["To"], letter["From"]) == (LETTER.subject, LETTER.to, "yiwang@city.example")
    assert letter.get_content().splitlines() == LETTER.text.splitlines()
    assert (letter["X-Yiwang-Message"], letter["Auto-Submitted"]) == ("yw-1", "auto-generated")


@pytest.mark.parametrize(("answer", "is_final"), [("550 no such user", True), ("452 mailbox full", False)])
def test_a_refused_recipient_is_final_or_worth_another_try(server: Server, answer: str, is_final: bool) -> None:
    server.says["RCPT"] = answer
    with pytest.raises(ChannelFailed) as failed:
        Smtp().send(LETTER)
    assert failed.value.is_final is is_final
    assert str(failed.value) == f"SMTPRecipientsRefused {answer[:3]}"
    assert LETTER.to not in str(failed.value)


def test_a_server_that_is_away_is_worth_another_try(server: Server) -> None:
    server.close()
    with pytest.raises(ChannelFailed) as failed:
        Smtp().send(LETTER)
    assert failed.value.is_final is False
