"""Reading a score sheet out of tables as people have them: rows of plain cells in, a tree with its doubts out."""
