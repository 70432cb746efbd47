"""Plans: the numbered document, its half-days and its teams, from which checklist sessions are made."""
