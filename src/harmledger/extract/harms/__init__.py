"""Finding harm words and the phrases of those harmed."""
