"""What events hears from below, and what it declares at start-up."""


def connect() -> None:
    """Called once, when the apps are ready."""
