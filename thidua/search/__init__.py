"""Search: past inspections found by unit, year and words, with or without accents.

Only what the person may see is found and counted.
"""
