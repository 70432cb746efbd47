"""Coming back to what earlier inspections of the unit recommended: done, partly, not."""
