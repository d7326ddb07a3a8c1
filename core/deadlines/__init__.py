"""Deadlines: the clock arithmetic, the ledger of what ran and what paused, and what happens at a threshold."""
