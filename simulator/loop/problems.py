"""What can stop the loop, and what to do about it."""

from collections.abc import Mapping


class LoopFailed(Exception):
    """A step that did not succeed: what is wrong, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what, self.remedy = what, remedy
        super().__init__(f"{what} {remedy}")


class Refused(LoopFailed):
    """The platform answered with a problem."""

    def __init__(self, *, status: int, code: str, detail: str, where: str) -> None:
        self.status, self.code = status, code
        super().__init__(f"{where} was refused: {code} ({status}). {detail}", remedy_for(code))


REMEDIES: Mapping[str, str] = {
    "bad_credentials": "The passwords in var/sample-accounts.json are of another database. Run `make run` once more: "
    "it writes them anew where they are missing.",
    "locked_out": "Wait five minutes: too many failed attempts with an old password.",
    "not_found": "The sample data is not complete. Run `python manage.py generate_district`, then try again.",
    "unknown_event_type": "The catalogue is not loaded. Run `python manage.py load_catalogue`, then try again.",
    "outside_division_tree": "The sample district is not there. Run `python manage.py generate_district`.",
    "nobody_to_send": "No responder is on duty. Run `python manage.py generate_district`, which writes the roster.",
    "stale_version": "Somebody else works on the same event. Run the loop again: it settles what is left first.",
    "already_taken": "Somebody else works on the same event. Run the loop again: it settles what is left first.",
}
OTHERWISE = "Look at the log of the web process, and run the loop again: it settles what is left first."


def remedy_for(code: str) -> str:
    return REMEDIES.get(code, OTHERWISE)


CAMERA_REMEDIES: Mapping[str, str] = {
    "unassigned": "No video worker has taken the camera. See /health: is the video process up, has it room "
    "(VIDEO_CAPACITY)?",
    "connecting": "The stream does not open. See /health and the log of the rtsp process.",
    "dead_stream": "The demo RTSP server does not answer. Is the rtsp process up (RTSP_BASE)?",
    "broken_file": "The clip cannot be read. Remove var/clips and run `make run`, which fetches it again.",
    "missing_model": "The detection model is missing. Run `python manage.py fetch_models` while there is a network.",
    "disabled": "Somebody disabled the loop's camera. Run the loop again.",
    "online": "The picture arrives but nobody was found in it. See the video log, or raise --timeout.",
}


def no_alert(seconds: int, state: str, detail: str) -> LoopFailed:
    """The detector raised nothing in time."""
    what = f"No alert after {seconds} s; the camera is {state}{f' ({detail})' if detail else ''}."
    return LoopFailed(what, CAMERA_REMEDIES.get(state, OTHERWISE))
