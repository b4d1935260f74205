"""Records → files, one module a format. Pure: the same world gives the same bytes; only spojnik.output writes."""
