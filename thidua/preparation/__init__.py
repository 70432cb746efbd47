"""Preparation: the unit's own area before the half-day, the centre's readiness board, notices and reminders."""
