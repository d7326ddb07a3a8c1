"""What dispatch tells the owners of its tasks' subjects, which lie above it.

`task_subject_lock(subject_kind, subject_id)` is sent inside the transaction before a task row is locked for a move that
will end it: the owner locks its subject, so that locks are always taken event → work order → task.

`task_ended(task, actor, result)` is sent when the assignee is done or refuses, inside the transaction; the receiver may
raise to refuse. Of a task that is done `result` is {passed, note, attachment_ids, position}; of a refused one {reason}.

`task_timed_out(task)` is sent when the limit passed, inside the transaction.
"""

from django.dispatch import Signal

task_subject_lock = Signal()
task_ended = Signal()
task_timed_out = Signal()
