"""The read API: the same facts and permissions as the pages, as JSON. Points are strings with a dot."""
