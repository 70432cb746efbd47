"""Accounts: who may sign in, with which role. Passwords are argon2id hashes, login sessions are rows."""
