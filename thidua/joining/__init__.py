"""Joining: one QR code opens the room, each person enters with name and number, the head sees the devices."""
