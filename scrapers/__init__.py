"""Collecting: the only part that speaks to the network. It leaves observations; it never edits what people wrote."""
