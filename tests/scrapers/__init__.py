"""Collecting, without the network: saved pages, a server that misbehaves, a clock that does not wait."""
