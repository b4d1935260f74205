"""Pages of numbers: what the records add up to, on how many of them it rests, and what is missing."""
