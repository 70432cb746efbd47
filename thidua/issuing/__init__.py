"""Issuing papers: freezing their bytes, rendering them once, signing them. Shared by every noun that issues papers;
it stands above ``session_pages`` and below the noun folders."""
