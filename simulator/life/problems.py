"""What can stop a play, and what to do about it."""

from collections.abc import Mapping

from core.errors import DomainError


class PlayFailed(Exception):
    """A step that did not succeed: what is wrong, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what, self.remedy = what, remedy
        super().__init__(f"{what} {remedy}")


SAMPLE = "Run `python manage.py generate_district`: it adds what the sample district lacks."
CATALOGUE = "Run `python manage.py load_catalogue`, then try again."
OTHERWISE = "Nothing of this play was kept. Look at the step's inputs, then play it again with --scenario N."
REMEDIES: Mapping[str, str] = {
    "unknown_event_type": CATALOGUE,
    "unknown_condition": CATALOGUE,
    "unknown_unit": SAMPLE,
    "outside_division_tree": SAMPLE,
    "no_owning_centre": SAMPLE,
    "nobody_to_send": SAMPLE,
    "responder_not_available": SAMPLE,
    "already_taken": "Somebody else worked on the same event. Play it again.",
    "stale_version": "Somebody else worked on the same event. Play it again.",
}


def refused(step: str, error: DomainError) -> PlayFailed:
    """The platform refused a step."""
    return PlayFailed(f"{step} was refused: {error.code}. {error.detail('en')}", REMEDIES.get(error.code, OTHERWISE))
