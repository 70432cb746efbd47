"""The outside: paper, files, codes to scan. Plain data in and out; of ours only the blocks of a document."""
