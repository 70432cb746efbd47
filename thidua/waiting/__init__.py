"""What waits on this device: one page, filled by the device itself."""
