"""Machinery of an open-data site: observations → records that know why → outputs. Knows no dataset by name."""
