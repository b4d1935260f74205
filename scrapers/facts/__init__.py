"""The grammar of Polish facts: amounts, dates, periods, yearly splits, areas, addresses, phones in running text.

Every reader returns `Reading`s: the parsed value beside the words it was read from, because an amount called
"około 378.000 zł" by the city is evidence, and 378000 is only our reading of it.
"""
