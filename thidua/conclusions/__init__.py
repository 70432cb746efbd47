"""Conclusions: the rating, the head of team's words, the frozen minutes and the signatures on them.
After the last signature nothing changes."""
