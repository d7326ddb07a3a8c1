"""What a fresh platform needs before use: tables, the catalogue, the model, clips and the sample district."""

from collections.abc import Callable
from contextlib import suppress

from deploy.local import commands
from deploy.local.console import Console, Step
from deploy.local.failures import StepFailed
from deploy.local.place import Place
from deploy.local.settings_file import child_environment, given, settings_without_stores
from deploy.local.stamps import Stamps, digest, digest_of_files


def manage(place: Place, *arguments: str, what: str, remedy: str = "") -> str:
    """Run a management command with the installation's settings."""
    return commands.run(
        [place.python, "manage.py", *arguments],
        log=place.logs / f"{arguments[0]}.log",
        what=what,
        remedy=remedy,
        cwd=place.root,
        env=child_environment(place, "set-up"),
    )


def _once(place: Place, console: Console, name: str, title: str, key: str, work: Callable[[Step], object]) -> bool:
    stamps = Stamps(place)
    if stamps.matches(name, key):
        console.skipped(title)
        return False
    with console.step(title) as step:
        work(step)
        stamps.write(name, key)
    return True


def database(place: Place, console: Console, identity: str) -> None:
    """Bring the database to this version and fill it. `identity` names the database, so another one starts anew."""
    migrations = digest_of_files(place.root, ["*/migrations/*.py", "requirements/base.txt"])
    _once(
        place,
        console,
        "migrate",
        "database tables",
        digest(identity, migrations),
        lambda _: manage(place, "migrate", "--no-input", what="manage.py migrate"),
    )
    catalogue = digest_of_files(place.root, ["*/reference_data/**/*"])
    _once(
        place,
        console,
        "catalogue",
        "event catalogue",
        digest(identity, catalogue),
        lambda _: _catalogue(place),
    )
    if not place.accounts.is_file():
        Stamps(place).forget("district")
    _once(
        place,
        console,
        "district",
        "sample district",
        digest(identity, digest_of_files(place.root, ["simulator/sample/*.py"])),
        lambda _: manage(place, "generate_district", what="manage.py generate_district"),
    )


def _catalogue(place: Place) -> None:
    manage(place, "load_catalogue", what="manage.py load_catalogue")
    manage(place, "load_indicators", what="manage.py load_indicators")
    manage(place, "load_risk_rules", what="manage.py load_risk_rules")
    manage(place, "load_scenes", what="manage.py load_scenes")


def past(place: Place, console: Console, identity: str) -> None:
    """A past week of cases, so that the wall has figures from the first minute."""
    _once(
        place,
        console,
        "past",
        "a past week",
        digest(identity),
        lambda _: manage(place, "sample_past", what="manage.py sample_past"),
    )


def static_files(place: Place, console: Console, release: str) -> None:
    """Collect what the administration needs, its map among it, which is built with the pages."""
    left_out = ("frontend", ".venv", "var")
    files = digest_of_files(place.root, ["*/static/**/*", "requirements/base.txt"], leave_out=left_out)
    key = digest(files, release)
    if not any(place.static.iterdir()):
        Stamps(place).forget("static")
    _once(
        place,
        console,
        "static",
        "static files",
        key,
        lambda _: manage(place, "collectstatic", "--no-input", what="manage.py collectstatic"),
    )


def models(place: Place, console: Console) -> None:
    """Fetch, convert and check the detection models; the result is shared by all installations of this checkout."""
    shared = Place(root=place.root, var=place.shared)
    # Which licences are accepted decides which models there are: once one more is, they are looked through again.
    described = digest_of_files(place.root, ["video/reference_data/**/*", "video/detectors/**/*.py"])
    key = digest(described, given("MODEL_LICENCES"))
    if not any(place.models.rglob("*.onnx")):
        Stamps(shared).forget("models")
    _once(
        shared,
        console,
        "models",
        "detection model",
        key,
        lambda _: commands.run(
            [place.python, "manage.py", "fetch_models"],
            log=place.logs / "fetch_models.log",
            what="manage.py fetch_models",
            fetches=True,
            cwd=place.root,
            # Before the first `make run` there are no settings yet; this needs no store.
            env=settings_without_stores(place),
        ),
    )


def divisions(place: Place, console: Console) -> None:
    """Fetch the national list of divisions; without it boundaries are imported all the same, only not matched by it."""
    shared = Place(root=place.root, var=place.shared)
    if not (place.models / "divisions" / "version").is_file():
        Stamps(shared).forget("divisions")
    with suppress(StepFailed):
        _once(
            shared,
            console,
            "divisions",
            "national list of divisions",
            digest_of_files(place.root, ["grids/divisions.py"]),
            lambda _: commands.run(
                [place.python, "manage.py", "fetch_divisions"],
                log=place.logs / "fetch_divisions.log",
                what="manage.py fetch_divisions",
                fetches=True,
                cwd=place.root,
                env=settings_without_stores(place),
            ),
        )


def clips(place: Place, console: Console) -> None:
    """Fetch and cut the clips that the demonstration cameras show."""
    shared = Place(root=place.root, var=place.shared)
    key = digest_of_files(place.root, ["deploy/local/clips.py", "deploy/rtsp/**/*.py"])
    if not (place.clips / "clips.json").is_file():
        Stamps(shared).forget("clips")
    _once(shared, console, "clips", "demonstration clips", key, lambda _: _prepare_clips(place))


def _prepare_clips(place: Place) -> None:
    commands.run(
        [place.python, "-m", "deploy.local.clips", str(place.shared)],
        log=place.logs / "clips.log",
        what="preparing the demonstration clips",
        fetches=True,
        cwd=place.root,
        env=child_environment(place, "set-up"),
    )
