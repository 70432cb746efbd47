"""Checklist sessions: the half-day itself, scored live by the team and settled by its head.
Every change is one verb, one journal entry, one commit."""
