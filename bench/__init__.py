"""Speed and memory, measured: ratios against a peer in the same run, medians. Never part of the tests."""
