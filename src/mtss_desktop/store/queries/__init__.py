"""Read-only joins for screens and papers: one statement each, results are frozen records."""
