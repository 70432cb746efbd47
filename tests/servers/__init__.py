"""Real servers for tests: cold as a person starts them, or warm, forked from a process that has imported everything."""
