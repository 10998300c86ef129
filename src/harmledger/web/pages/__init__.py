"""One module a kind of page; each gives its ways in."""
