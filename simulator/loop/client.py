"""A browser of one sample user: session cookie, CSRF token, idempotency keys; problems become Refused."""

import uuid
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import httpx

from simulator.loop.accounts import Account
from simulator.loop.problems import LoopFailed, Refused

SECONDS = 20.0
API = "/api/v1"
Json = dict[str, Any]


class Browser:
    """Signed in as one person; use as a context manager, which signs out."""

    def __init__(self, base: str, account: Account, transport: httpx.BaseTransport | None = None) -> None:
        self.account, self.base = account, base
        self.me: Json = {}
        self._http = httpx.Client(
            base_url=base, timeout=SECONDS, trust_env=False, transport=transport, headers={"Accept-Language": "en"}
        )

    def __enter__(self) -> Self:
        self.get("/session")
        opened = self.post("/session", username=self.account.username, password=self.account.password)
        self.me = opened["user"]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(LoopFailed):
            self.delete("/session")
        self._http.close()

    @property
    def name(self) -> str:
        return self.account.name

    @property
    def cookie(self) -> str:
        """The session cookie as a header, for the socket."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._http.cookies.jar)

    def get(self, path: str, **query: Any) -> Json:
        body: Json = self._send("GET", path, params=query).json()
        return body

    def all(self, path: str, *, pages: int = 5, **query: Any) -> list[Json]:
        """The rows of a list, page by page."""
        rows: list[Json] = []
        cursor: str | None = None
        for _ in range(pages):
            page = self.get(path, limit=200, **query, **({"cursor": cursor} if cursor else {}))
            rows += page["items"]
            cursor = page.get("next")
            if not cursor:
                break
        return rows

    def post(self, path: str, **body: Any) -> Json:
        answer: Json = self._send("POST", path, json=body).json()
        return answer

    def patch(self, path: str, **body: Any) -> Json:
        answer: Json = self._send("PATCH", path, json=body).json()
        return answer

    def delete(self, path: str) -> None:
        self._send("DELETE", path)

    def download(self, address: str) -> bytes:
        """A file by its address on the site, e.g. an alert's still."""
        return self._send("GET", address, absolute=True).content

    def upload(self, picture: bytes, name: str) -> int:
        """Send a photo; its id."""
        answer = self._send("POST", "/uploads", files={"file": (name, picture, "image/jpeg")}).json()
        return int(answer["id"])

    def _send(self, method: str, path: str, *, absolute: bool = False, **request: Any) -> httpx.Response:
        headers = {}
        if method != "GET":
            headers = {"X-CSRFToken": self._http.cookies.get("csrftoken") or "", "Idempotency-Key": str(uuid.uuid4())}
        try:
            answer = self._http.request(method, path if absolute else API + path, headers=headers, **request)
        except httpx.HTTPError as error:
            raise LoopFailed(
                f"{self.base} does not answer ({type(error).__name__}).",
                "Start the platform with `make run`, or name another address with --base.",
            ) from error
        if answer.is_success:
            return answer
        raise _refusal(answer, f"{method} {path}")


def _refusal(answer: httpx.Response, where: str) -> Refused:
    try:
        problem = answer.json()
    except ValueError:
        problem = {}
    detail = " ".join(
        [problem.get("detail", ""), *(f"{e['field']}: {e['message']}" for e in problem.get("errors", []))]
    ).strip()
    code = problem.get("code") or f"http_{answer.status_code}"
    return Refused(status=answer.status_code, code=code, detail=detail, where=where)
