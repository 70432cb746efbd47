"""What every page of a checklist session shares: finding it with the person's part, header, tabs, operation ids.
Checklist sessions and conclusions both stand on it, so that neither imports the other.
"""
