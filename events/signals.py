"""What events tells the apps above it, inside the transaction of the change: a receiver writes with it or not at all.

`event_moved(moving)`: an event made a move; `moving` is the finished `actions.moving.Moving`.

`escalated(subject_kind, subject_id, event_id, clock, threshold, step, addressees, at)`: a watched clock crossed a
threshold. `subject_kind` is event, order, alert or reminder; `event_id` is None for an alert; `threshold` is percent of
the limit; `step` a `rules.escalation.Step`; `addressees` a list of `rules.escalation.Addressed`.

`reminded(reminder, event, addressees, at)`: somebody urges or supervises, and waits for a reply.

`reminder_replied(reminder, event, addressees, at)`: the addressed unit has replied; told is who asked.

`type_retiring(code)`: an event type is about to be retired; a receiver whose rows name it returns their names, and the
type stays.
"""

from django.dispatch import Signal

event_moved = Signal()
escalated = Signal()
reminded = Signal()
reminder_replied = Signal()
type_retiring = Signal()
