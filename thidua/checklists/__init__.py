"""Checklists: the score sheets, read and printed. Published ones never change."""
