"""Papers after the meeting: addenda, notices of conclusion, and the page of evidence of each paper."""
