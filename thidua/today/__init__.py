"""Today: what this person has to do now, in one glance. It only reads."""
