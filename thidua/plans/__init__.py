"""Plans: the numbered document, its half-days and its teams. Creating the checklist sessions of a plan is one action."""
