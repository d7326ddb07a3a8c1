"""The live process as it runs, with the benchmark's own type of update registered."""

# ruff: noqa: I001  the application loads the apps, which the type needs
from config.asgi import application
from benchmarks._measured import Measured

__all__ = ["Measured", "application"]
