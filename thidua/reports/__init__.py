"""The summary report of a round: what stands in a plan's signed minutes, added up."""
