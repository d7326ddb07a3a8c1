"""Small real devices on 127.0.0.1: a platform with WVP's HTTP interface, an ONVIF camera, an RTSP door that refuses."""

import base64
import hashlib
import json
import re
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

DEVICE, CHANNEL = "34020000001110000001", "34020000001320000001"


@dataclass
class Wvp:
    """What the platform holds and was asked; `broken` answers instead of everything after signing in."""

    user: str = "admin"
    password: str = "s3cret-Pass"
    rtsp: str = "rtsp://127.0.0.1:9/rtp/1"
    online: bool = True
    broken: tuple[int, bytes] | None = None
    channels: int = 1
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def answer(self, method: str, path: str, query: dict[str, str], token: str) -> tuple[int, bytes]:
        self.asked.append(f"{method} {path}?{json.dumps(query)}")
        if path == "/api/user/login":
            digest = hashlib.md5(self.password.encode()).hexdigest()
            if (query.get("username"), query.get("password")) != (self.user, digest):
                return 200, _told(100, "用户名或密码错误")
            return 200, _told(0, "成功", {"accessToken": "token-1"})
        if token != "token-1":
            return 401, _told(401, "请登录后重新请求")
        if self.broken:
            return self.broken
        if path == "/api/device/query/devices":
            row = {"deviceId": DEVICE, "name": "河堤录像机", "manufacturer": "某厂", "onLine": True, "channelCount": 1}
            return 200, _told(0, "成功", {"total": 1, "list": [row]})
        if path == f"/api/device/query/devices/{DEVICE}/channels":
            return 200, _told(0, "成功", self._page(int(query["page"]), int(query["count"])))
        if path == f"/api/play/start/{DEVICE}/{CHANNEL}":
            return 200, _told(0, "成功", {"rtsp": self.rtsp}) if self.online else _told(100, "收流超时")
        if path == f"/api/ptz/preset/query/{DEVICE}/{CHANNEL}":
            return 200, _told(0, "成功", [{"presetId": "1", "presetName": "闸口"}])
        if path in (f"/api/ptz/control/{DEVICE}/{CHANNEL}", f"/api/ptz/front_end_command/{DEVICE}/{CHANNEL}"):
            return 200, _told(0, "成功")
        return 404, b"nothing here"

    def _page(self, page: int, count: int) -> dict[str, Any]:
        rows = [
            {"channelId": CHANNEL if n == 0 else f"{CHANNEL}-{n}", "name": f"球机{n}", "status": "ON", "ptzType": 1}
            | {"longitude": 118.8 if n == 0 else 0, "latitude": 32.05 if n == 0 else 0}
            for n in range(self.channels)
        ]
        return {"total": self.channels, "list": rows[(page - 1) * count : page * count]}


def _told(code: int, message: str, data: Any = None) -> bytes:
    return json.dumps({"code": code, "msg": message, "data": data}, ensure_ascii=False).encode()


@contextmanager
def wvp(**fields: Any) -> Iterator[Wvp]:
    """The platform, listening at `address`."""
    platform = Wvp(**fields)

    def answer(handler: BaseHTTPRequestHandler) -> tuple[int, bytes]:
        parts = urlsplit(handler.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        return platform.answer(handler.command, parts.path, query, handler.headers.get("access-token", ""))

    with _http(answer) as address:
        platform.address = address
        yield platform


@dataclass
class OnvifCamera:
    """A camera that tells its stream to who knows its password, and turns if it `turns`; `fault` answers every turn.

    `did` is what its head was told."""

    user: str = "operator"
    password: str = "camera-Pass"
    strange: bytes | None = None
    turns: bool = False
    fault: str = ""
    did: list[str] = field(default_factory=list)
    address: str = ""

    @property
    def service(self) -> str:
        return f"{self.address}/onvif/device_service"

    def answer(self, body: str) -> tuple[int, bytes]:
        if self.strange is not None:
            return 200, self.strange
        if not self._knows(body):
            return 400, _soap("<s:Fault><s:Subcode><s:Value>ter:NotAuthorized</s:Value></s:Subcode></s:Fault>")
        if "GetCapabilities" in body:
            # As cameras behind address translation do: it names an address of its own.
            media = "<tds:Media><tt:XAddr>http://192.168.1.64/onvif/Media</tt:XAddr></tds:Media>"
            head = "<tds:PTZ><tt:XAddr>http://192.168.1.64/onvif/PTZ</tt:XAddr></tds:PTZ>" if self.turns else ""
            return 200, _soap(media + head)
        if "GetProfiles" in body:
            head = '<tt:PTZConfiguration token="head"/>' if self.turns else ""
            return 200, _soap(_profile("main", 2560, 1440, "H265", head) + _profile("sub", 640, 360, "H264"))
        if "ver20/ptz/wsdl" in body:
            return self._turned(body)
        token = "main" if "<ProfileToken>main<" in body else "sub"
        return 200, _soap(f"<trt:Uri>rtsp://{self.user}:{self.password}@10.1.1.64:554/{token}?a=1&amp;b=2</trt:Uri>")

    def _turned(self, body: str) -> tuple[int, bytes]:
        what = re.search(r'<(\w+) xmlns="http://www.onvif.org/ver20/ptz/wsdl"', body)
        assert what and "<ProfileToken>main<" in body
        self.did.append(what.group(1) + "".join(re.findall(r'[xy]="[^"]*"|<PresetToken>[^<]*', body)))
        if self.fault:
            code = f"<s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>{self.fault}</s:Value></s:Subcode></s:Code>"
            return 400, _soap(f"<s:Fault>{code}<s:Reason><s:Text>no such preset</s:Text></s:Reason></s:Fault>")
        if what.group(1) == "GetPresets":
            return 200, _soap('<tptz:Preset token="p1"><tt:Name>闸口</tt:Name></tptz:Preset>')
        if what.group(1) == "SetPreset":
            return 200, _soap("<tptz:PresetToken>p2</tptz:PresetToken>")
        return 200, _soap("<tptz:Done/>")

    def _knows(self, body: str) -> bool:
        found = [
            re.search(f"<{name}[^>]*>([^<]*)</{name}>", body) for name in ("Username", "Password", "Nonce", "Created")
        ]
        if not all(found):
            return False
        user, digest, nonce, created = (match.group(1) for match in found if match)
        expected = hashlib.sha1(base64.b64decode(nonce) + created.encode() + self.password.encode()).digest()
        return user == self.user and base64.b64decode(digest) == expected


def _profile(token: str, width: int, height: int, codec: str, head: str = "") -> str:
    size = f"<tt:Resolution><tt:Width>{width}</tt:Width><tt:Height>{height}</tt:Height></tt:Resolution>"
    coding = f"<tt:VideoEncoderConfiguration><tt:Encoding>{codec}</tt:Encoding>{size}</tt:VideoEncoderConfiguration>"
    return f'<trt:Profiles token="{token}"><tt:Name>{token}</tt:Name>{coding}{head}</trt:Profiles>'


def _soap(body: str) -> bytes:
    names = 'xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:tds="a" xmlns:trt="b" xmlns:tt="c" xmlns:ter="d"'
    names += ' xmlns:tptz="e"'
    return f"<s:Envelope {names}><s:Body>{body}</s:Body></s:Envelope>".encode()


@contextmanager
def onvif_camera(**fields: Any) -> Iterator[OnvifCamera]:
    camera = OnvifCamera(**fields)

    def answer(handler: BaseHTTPRequestHandler) -> tuple[int, bytes]:
        return camera.answer(handler.rfile.read(int(handler.headers["Content-Length"])).decode())

    with _http(answer) as address:
        camera.address = address
        yield camera


@contextmanager
def probed(services: list[str], noise: bytes = b"\xff not xml") -> Iterator[tuple[str, int]]:
    """Answers each WS-Discovery probe with noise and one match for each service: where to probe."""

    class Responder(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            text, reply = self.request
            if b"NetworkVideoTransmitter" not in text:
                return
            reply.sendto(noise, self.client_address)
            for service in services:
                scopes = "onvif://www.onvif.org/name/%E6%B2%B3%E5%A0%A4 onvif://www.onvif.org/hardware/IPC-1"
                match = f"<d:ProbeMatch><d:XAddrs>{service}</d:XAddrs><d:Scopes>{scopes}</d:Scopes></d:ProbeMatch>"
                reply.sendto(f'<e:E xmlns:e="e" xmlns:d="d">{match}</e:E>'.encode(), self.client_address)

    with socketserver.UDPServer(("127.0.0.1", 0), Responder) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield str(server.server_address[0]), int(server.server_address[1])
        finally:
            server.shutdown()
            thread.join()


@dataclass
class RtspDoor:
    """An RTSP server that answers every DESCRIBE with one status, and keeps the logins it was shown."""

    status: str
    shown: list[str] = field(default_factory=list)
    port: int = 0

    def answer(self, request: str) -> str:
        number = re.search(r"CSeq: *(\d+)", request, re.I)
        head = f"CSeq: {number.group(1) if number else 0}\r\n"
        if request.startswith("OPTIONS"):
            return f"RTSP/1.0 200 OK\r\n{head}Public: DESCRIBE\r\n\r\n"
        login = re.search(r"Authorization: *Basic (\S+)", request)
        if login:
            self.shown.append(base64.b64decode(login.group(1)).decode())
        asks = 'WWW-Authenticate: Basic realm="camera"\r\n' if self.status.startswith("401") else ""
        return f"RTSP/1.0 {self.status}\r\n{head}{asks}\r\n"


@contextmanager
def rtsp_door(status: str) -> Iterator[RtspDoor]:
    door = RtspDoor(status)

    class Talk(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            waiting = ""
            while data := self.request.recv(4096):
                waiting += data.decode(errors="replace")
                while "\r\n\r\n" in waiting:
                    request, _, waiting = waiting.partition("\r\n\r\n")
                    self.request.sendall(door.answer(request).encode())

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address, daemon_threads = True, True

    with Server(("127.0.0.1", 0), Talk) as server:
        door.port = int(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield door
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def _http(answer: Callable[[BaseHTTPRequestHandler], tuple[int, bytes]]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answer(self)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: Any) -> None:
            """Not into the output of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def closed_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
