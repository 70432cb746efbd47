"""Verification: anybody on the network learns, in words, whether a PDF is one of ours and unchanged."""
