"""Corrections by people: the file, the form, the issue, the report, and the letters about them."""
