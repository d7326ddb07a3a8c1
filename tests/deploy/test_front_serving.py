"""The real nginx with the real configuration, before a small stand-in for the application."""

import http.client
import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from deploy.local import front
from deploy.local.place import ROOT, Place
from deploy.local.ports import Ports
from deploy.local.processes import command_of, named

PHOTO = bytes(range(256)) * 40


class Application(BaseHTTPRequestHandler):
    """Answers what it was asked, and hands protected media to nginx."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path.startswith("/media/"):
            self._send(b"", {"X-Accel-Redirect": "/_media/photo.jpg", "Content-Type": "image/jpeg"})
            return
        seen = {"path": self.path, "host": self.headers["Host"], "upgrade": self.headers.get("Upgrade", "")}
        self._send(json.dumps(seen).encode(), {"Content-Type": "application/json", "Content-Security-Policy": "other"})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._send(b"{}", {"Content-Type": "application/json"})

    def _send(self, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Silent: the tests read the answers."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    def json(self) -> dict[str, Any]:
        parsed: dict[str, Any] = json.loads(self.body)
        return parsed


@dataclass(frozen=True)
class Site:
    port: int

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body=body, headers=named)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, answer.read(), found)
        finally:
            connection.close()


def fill(place: Place) -> None:
    (place.dist / "assets").mkdir(parents=True)
    (place.dist / "index.html").write_text("<!doctype html><title>pages</title>")
    (place.dist / "report.html").write_text("<!doctype html><title>citizens</title>")
    (place.dist / "assets" / "app-1a2b.js").write_text("export {}\n" * 400)
    (place.media / "photo.jpg").write_bytes(PHOTO)
    pages = place.root / "deploy" / "nginx" / "pages"
    pages.mkdir(parents=True)
    for page in (ROOT / "deploy" / "nginx" / "pages").glob("*.html"):
        (pages / page.name).write_text(page.read_text())


def installed(folder: Path) -> tuple[Place, Ports]:
    place = Place(root=folder, var=folder / "var")
    place.make_folders()
    fill(place)
    ports = Ports(place.var / "ports.json")
    ports.choose(["front", "web", "live", "viewing"])
    front.write(place, ports)
    return place, ports


@contextmanager
def serving(place: Place, ports: Ports) -> Iterator[Site]:
    values = {"nginx": front.program(), "nginx_folder": str(place.nginx), "nginx_conf": str(place.nginx / "nginx.conf")}
    nginx = subprocess.Popen(command_of(named("front")[0], values), cwd=os.sep)
    try:
        made = Site(ports["front"])
        wait_for(made)
        yield made
    finally:
        nginx.terminate()
        nginx.wait(timeout=10)


def wait_for(site: Site) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            site.ask("/")
        except OSError:
            time.sleep(0.05)
        else:
            return


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    place, ports = installed(tmp_path_factory.mktemp("front with a space"))
    application = ThreadingHTTPServer(("127.0.0.1", ports["web"]), Application)
    threading.Thread(target=application.serve_forever, daemon=True).start()
    with serving(place, ports) as made:
        yield made
    application.shutdown()


@pytest.fixture(scope="module")
def lonely_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The published address while no application answers."""
    with serving(*installed(tmp_path_factory.mktemp("lonely"))) as made:
        yield made


@pytest.mark.parametrize(
    ("path", "title"),
    [("/report", "citizens"), ("/report/ABCD-EFGH-JKMN", "citizens"), ("/reports", "pages"), ("/desk", "pages")],
)
def test_citizens_get_the_small_page_of_their_own(site: Site, path: str, title: str) -> None:
    answer = site.ask(path)
    assert (answer.status, f"<title>{title}</title>".encode() in answer.body) == (200, True)
    assert "default-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/desk/events/5",
        "/admin/catalogue?type=street_vending",
        "/admin/routing",
        "/admin/deadlines",
        "/admin/rules",
        "/admin/retention",
        "/admin/duty-zones",
        "/admin/walls",
        "/admin/scenes",
        "/overview",
        "/wall/remote/3",
        "/wall/calibrate",
    ],
)
def test_every_address_of_the_pages_gets_the_pages(site: Site, path: str) -> None:
    answer = site.ask(path)
    assert (answer.status, answer.body[:15]) == (200, b"<!doctype html>")
    assert answer.headers["cache-control"] == "no-cache"


def test_hashed_files_are_kept_for_ever_and_sent_compressed(site: Site) -> None:
    answer = site.ask("/assets/app-1a2b.js", Accept_Encoding="gzip")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"
    assert "javascript" in answer.headers["content-type"]


def test_a_missing_hashed_file_is_missing_and_not_a_page(site: Site) -> None:
    answer = site.ask("/assets/app-old.js")
    assert answer.status == 404
    assert "immutable" not in answer.headers.get("cache-control", "")


@pytest.mark.parametrize("path", ["/", "/admin/", "/api/v1/session", "/assets/app-1a2b.js", "/media/1"])
def test_everything_carries_one_strict_policy(site: Site, path: str) -> None:
    policy = site.ask(path).headers["content-security-policy"]
    assert policy.startswith("default-src 'self'; script-src 'self'")
    assert "other" not in policy


@pytest.mark.parametrize("path", ["/api/v1/events", "/admin/login/", "/tiles/base/1/1/1.mvt", "/health"])
def test_the_applications_paths_reach_it_with_the_hosts_name(site: Site, path: str) -> None:
    seen = site.ask(path, Host="command.example:8443").json()
    assert seen["path"] == path
    assert seen["host"] == "command.example:8443"


def test_a_photo_of_20_mb_passes(site: Site) -> None:
    assert site.ask("/api/v1/uploads", "POST", b"x" * (20 * 1024 * 1024)).status == 200


@pytest.mark.parametrize(("language", "word"), [("en", "smaller"), ("zh-CN,zh;q=0.9,en;q=0.8", "压缩照片")])
def test_a_photo_of_50_mb_gets_a_problem_in_the_persons_language(site: Site, language: str, word: str) -> None:
    answer = site.ask("/api/v1/uploads", "POST", b"x" * (50 * 1024 * 1024), Accept_Language=language)
    assert answer.status == 413
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["code"] == "file_too_large"
    assert word in answer.json()["detail"]


def test_elsewhere_too_large_is_a_readable_page(site: Site) -> None:
    answer = site.ask("/admin/x", "POST", b"x" * (21 * 1024 * 1024))
    assert answer.status == 413
    assert "20 MB" in answer.body.decode()


def test_protected_media_come_from_nginx_with_ranges(site: Site) -> None:
    whole = site.ask("/media/1")
    part = site.ask("/media/1", Range="bytes=256-511")
    assert whole.body == PHOTO
    assert (part.status, part.body) == (206, PHOTO[256:512])
    assert part.headers["content-type"] == "image/jpeg"


def test_protected_media_cannot_be_asked_for_directly(site: Site) -> None:
    assert site.ask("/_media/photo.jpg").status == 404


@pytest.mark.parametrize("path", ["/api/v1/session", "/health"])
def test_while_the_application_is_away_the_api_says_what_to_do(lonely_site: Site, path: str) -> None:
    answer = lonely_site.ask(path, Accept_Language="en-GB")
    assert answer.status == 503
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert "try again" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/admin/", "/ws"])
def test_while_the_application_is_away_people_get_a_readable_page(lonely_site: Site, path: str) -> None:
    answer = lonely_site.ask(path)
    assert answer.status == 503
    assert "数据没有丢失" in answer.body.decode()


def test_while_the_application_is_away_the_pages_still_load(lonely_site: Site) -> None:
    assert lonely_site.ask("/wall").status == 200


def test_the_servers_version_is_not_told(site: Site) -> None:
    assert site.ask("/").headers["server"] == "nginx"


def test_live_pictures_say_in_words_when_nothing_passes_them_on(site: Site) -> None:
    answer = site.ask("/watch/1/live.m3u8")
    assert (answer.status, answer.json()["code"]) == (503, "unavailable")
