"""Collecting: scrapers that read public sources, keep the good data, and say when they could not."""
