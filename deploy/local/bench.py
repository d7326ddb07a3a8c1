"""`make bench-NAME`: one figure that the README claims, measured here on durable stores of its own."""

from dataclasses import replace

from deploy.local import packages, python_env, sample
from deploy.local.console import Console
from deploy.local.failures import StepFailed
from deploy.local.place import Place
from deploy.local.workshop import open_workshop


def run(place: Place, console: Console, words: list[str]) -> int:
    """Prepare, then run `benchmarks/NAME.py`; exit 0 only when its goal is met."""
    folder = place.root / "benchmarks"
    known = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    if not words or words[0] not in known:
        raise StepFailed(
            f"there is no benchmark {words[0] if words else ''!r}",
            "Choose one: " + ", ".join(f"make bench-{name}" for name in known),
        )
    packages.ensure(place, console, packages.TO_RUN)
    python_env.ensure(place, console, python_env.TO_TEST)
    place.make_folders()
    sample.clips(place, console)
    sample.models(place, console)
    bench = replace(place, var=place.var / "bench")
    with open_workshop(bench, console, throwaway=False, title="bench databases") as shop:
        environment = {
            **shop.environment(),
            "CLIPS_DIR": str(place.clips),
            "PROCESS_NAME": "bench",
            "VAR_DIR": str(place.var),
        }
        return shop.work([place.python, "-m", f"benchmarks.{words[0]}", *words[1:]], environment, cwd=place.root)
