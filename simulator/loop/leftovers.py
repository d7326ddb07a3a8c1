"""Settling what an earlier run left open, so that runs never pile up and never count each other's alerts."""

from collections.abc import Callable

from simulator.loop.camera import CODE_PREFIX, NAME, take_away
from simulator.loop.cast import Cast
from simulator.loop.client import Json
from simulator.loop.moves import Moves
from simulator.loop.problems import LoopFailed

CANCELLABLE = frozenset({"reported", "verifying", "filed", "dispatched", "returned"})
MOST_MOVES = 12


def settle(cast: Cast, murmur: Callable[[str], None]) -> str:
    """Dismiss old alerts, bring old events to an end, delete old cameras; a word on what was done."""
    alerts = dismiss_alerts(cast)
    events = sum(end_event(cast, event_id, murmur) for event_id in open_events(cast))
    cameras = [row for row in cast.administrator.all("/cameras", q=CODE_PREFIX) if row["code"].startswith(CODE_PREFIX)]
    for camera in cameras:
        take_away(cast.administrator, camera["id"])
    done = {"alerts": alerts, "events": events, "cameras": len(cameras)}
    return ", ".join(f"{count} {name}" for name, count in done.items() if count) or "nothing"


def dismiss_alerts(cast: Cast) -> int:
    """Open alerts of the loop's earlier cameras."""
    old = [row for row in cast.acceptor.all("/alerts", state="open") if row["camera_name"] == NAME]
    for alert in old:
        cast.acceptor.post(f"/alerts/{alert['id']}/dismiss", version=alert["version"], reason="上次闭环演示遗留")
    return len(old)


def open_events(cast: Cast) -> list[int]:
    """Events that began with an alert of the loop's earlier cameras and are still open."""
    confirmed = cast.acceptor.all("/alerts", state="confirmed")
    ours = {row["event_id"] for row in confirmed if row["camera_name"] == NAME and row["event_id"]}
    running = cast.acceptor.all("/events", open=1) if ours else []
    return sorted(row["id"] for row in running if row["id"] in ours)


def end_event(cast: Cast, event_id: int, murmur: Callable[[str], None]) -> int:
    """Cancel the event where that is possible, else walk it to its end, with its own evidence as the photo."""
    event = cast.acceptor.get(f"/events/{event_id}")
    moves = Moves(cast, OldEvidence(cast, event))
    for _ in range(MOST_MOVES):
        step = next_move(moves, event)
        if step is None:
            return 1
        murmur(f"  event {event['number']} {event['state']}: {step.__name__}")
        event = step(event)
    raise LoopFailed(
        f"Event {event['number']} of an earlier run does not come to an end ({event['state']}).",
        "Close it on the dispatch desk, then run the loop again.",
    )


class OldEvidence:
    """The still that once raised the event; its camera may be gone."""

    def __init__(self, cast: Cast, event: Json) -> None:
        self._cast, self._event = cast, event

    def __call__(self) -> bytes:
        stills = [alert["still_url"] for alert in self._event["alerts"] if alert["still_url"]]
        if not stills:
            raise LoopFailed(
                f"Event {self._event['number']} of an earlier run has lost its still.",
                "Finish it on the ticket desk, then run the loop again.",
            )
        return self._cast.acceptor.download(stills[0])


def next_move(moves: Moves, event: Json) -> Callable[[Json], Json] | None:
    """What brings an old event nearer to its end; None where it has ended."""
    state = event["state"]
    if state in CANCELLABLE:
        return moves.cancel
    by_state = {
        "handling": moves.finish,
        "handled": moves.pass_check,
        "checking": moves.recall,
        "checked": moves.close,
    }
    return by_state.get(state)
