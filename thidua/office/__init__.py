"""How the office writes its papers: name, symbol, recipients, the Word template; with a live sample."""
