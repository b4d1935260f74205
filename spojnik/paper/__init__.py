"""The same facts on paper, for people who have only a sheet of it: booklet, large print, posters, cards (PDF/UA-1)."""
