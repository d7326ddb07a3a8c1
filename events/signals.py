"""What events tells the apps above it, inside the transaction of the change: a receiver writes with it or not at all.

`event_moved(moving, personal)`: an event made a move; `moving` is the finished `actions.moving.Moving`, `personal` what
was said with it.

`request_moved(request, event, move)`: a request was asked, endorsed, granted, refused, withdrawn or has lapsed.

`event_ended(event, event_ids, move)`: an event was closed, rejected or cancelled; `event_ids` are its own id and those
of the events that follow it. `event_reopened(event, event_ids, move)`: the same for a reopening.
`event_merged(event, event_ids, main_event_id)`: it follows another from now on, as do those that followed it. Each
reporter is owed one message.

`escalated(subject_kind, subject_id, event_id, event, alert, clock, threshold, step, addressees, at)`: a watched clock
crossed a threshold. `subject_kind` is event, order, alert or reminder; `event` and its id are None for an alert, and
`alert` for everything else; `threshold` is percent of the limit; `step` a `rules.escalation.Step`; `addressees` a list
of `rules.escalation.Addressed`.

`reminded(reminder, event, addressees, at)`: somebody urges or supervises, and waits for a reply.

`reminder_replied(reminder, event, addressees, at)`: the addressed unit has replied; told is who asked.

`automation_stopped(automation, why, figure)`: what was automatic for a source × rule is with people again.

`type_retiring(code)`: an event type is about to be retired; a receiver whose rows name it returns their names, and the
type stays.
"""

from django.dispatch import Signal

event_moved = Signal()
event_ended = Signal()
event_reopened = Signal()
event_merged = Signal()
request_moved = Signal()
escalated = Signal()
reminded = Signal()
reminder_replied = Signal()
automation_stopped = Signal()
type_retiring = Signal()
