"""News of the division tree for the apps above it."""

from django.dispatch import Signal

areas_published = Signal()
"""Sent inside the transaction of a publication, with `draft_id`, `moved` (path of a closed area → path of the area
that took most of its ground) and `touched` (numbers of the present areas whose outline is another one now)."""
