"""Paper where there is no tablet: the blank form of a half-day, and typing a filled one in."""
