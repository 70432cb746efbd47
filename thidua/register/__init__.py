"""The register of documents: a gapless row of numbers for each kind and year."""
