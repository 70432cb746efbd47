"""Accounts: who may sign in, with which role; login and logout. Passwords are argon2id hashes, login sessions are rows."""
