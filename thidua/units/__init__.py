"""Units: the member associations, their pages and their history. The order is the federation's own."""
