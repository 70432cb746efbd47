"""The regulations: pure functions and frozen dataclasses, standard library only."""
