"""From harm words to claims: counting phrases, describing people, sites, means, times and places."""
