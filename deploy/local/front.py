"""Renders nginx's configuration from the one template that the machine at hand and the containers share.

As a program it renders the containers' configuration: `python3 -m deploy.local.front TARGET`.
"""

import os
import re
import shutil
import sys
from pathlib import Path

from deploy.local.failures import StepFailed
from deploy.local.place import ROOT, Place
from deploy.local.ports import Ports
from deploy.local.settings_file import open_to_network

TEMPLATE = ROOT / "deploy" / "nginx" / "nginx.conf.template"
CONTAINER = {
    "run_as": "user nginx;",
    "work": "/tmp/nginx",
    "error_log": "stderr",
    "access_log": "/dev/stdout",
    "mime_types": "/etc/nginx/mime.types",
    "listen": "8000",
    "web": "web:8100",
    "live": "live:8200",
    "viewing": "viewing:8300",
    "dist": "/srv/yiwang/dist",
    "static": "/srv/yiwang/static",
    "media": "/srv/yiwang/media",
    "pages": "/srv/yiwang/pages",
}


def render(template: str, values: dict[str, str]) -> str:
    """Fill every {{name}}; an unknown or an unused name is a mistake in the template or here."""
    wanted = set(re.findall(r"\{\{(\w+)\}\}", template))
    if wanted != set(values):
        raise ValueError(f"template and values differ: {sorted(wanted ^ set(values))}")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: values[found.group(1)], template)


def program() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not found:
        raise StepFailed("nginx is not installed", "Run the same command again; it installs what is missing.")
    return found


def _plain(path: Path) -> str:
    """A path that can stand between quotes in nginx's configuration."""
    text = str(path)
    if re.search(r"[\"\\$;{}]", text):
        raise StepFailed(
            f"the folder name {text} has characters that nginx cannot take", "Clone into a plainly named folder."
        )
    return text


def write(place: Place, ports: Ports) -> Path:
    """The configuration of this installation."""
    mime = next(
        (p for p in (Path("/etc/nginx/mime.types"), Path("/usr/local/nginx/conf/mime.types")) if p.exists()), None
    )
    if mime is None:
        raise StepFailed("nginx's mime.types is missing", "Reinstall Debian's nginx-common.")
    listen = open_to_network()
    values = {
        # Started by root, nginx would read as `nobody`, who may not enter a private checkout.
        "run_as": "user root;" if os.geteuid() == 0 else "",
        "work": _plain(place.nginx),
        "error_log": "stderr",
        "access_log": _plain(place.logs / "access.log"),
        "mime_types": str(mime),
        "listen": f"{listen}:{ports['front']}",
        "web": f"127.0.0.1:{ports['web']}",
        "live": f"127.0.0.1:{ports['live']}",
        "viewing": f"127.0.0.1:{ports['viewing']}",
        "dist": _plain(place.dist),
        "static": _plain(place.static),
        "media": _plain(place.media),
        "pages": _plain(place.root / "deploy" / "nginx" / "pages"),
    }
    path = place.nginx / "nginx.conf"
    path.write_text(render(TEMPLATE.read_text(), values))
    return path


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render(TEMPLATE.read_text(), CONTAINER))
