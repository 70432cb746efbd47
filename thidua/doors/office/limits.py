"""How much of a file is looked at: many times what any score sheet needs, little enough for a small server."""

MEGABYTE = 1024 * 1024

LARGEST_FILE = 10 * MEGABYTE
LARGEST_UNPACKED = 60 * MEGABYTE  # real bytes, counted while they come out, whatever the file says of itself
HIGHEST_RATIO = 100  # repeated rows of XML come to 10–30
MOST_PARTS = 2000
MOST_SECONDS = 20.0  # a hostile 60 MB takes most of it; 500 criteria take a twentieth of a second
LONGEST_WAIT = 10.0  # seconds, for the file of somebody else

MOST_ROWS = 20_000  # by row number, in one sheet or table
MOST_COLUMNS = 60
MOST_SHEETS = 40
MOST_WORD_TABLES = 200
MOST_CELLS = 200_000  # of all tables together, about 50 MB of memory
LONGEST_TEXT = 5_000  # letters of a cell or paragraph
MOST_PARAGRAPHS = 100  # kept before a table, the nearest ones
