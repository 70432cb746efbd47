"""Verification: anybody on the network learns whether a PDF is one of ours and unchanged. It says so in words."""
