"""What people sign with: keys, PINs, personal marks; signatures made by a service elsewhere."""
