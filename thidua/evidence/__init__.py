"""Evidence (minh chứng): photos and files laid before the team, about one criterion or the whole half-day."""
