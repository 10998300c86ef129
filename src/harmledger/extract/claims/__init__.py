"""From harm words to claims: counting, describing people, sites, means, times and places."""
