"""Joining: one QR code opens the room; each enters with the name and a personal number, and the head sees the devices."""
