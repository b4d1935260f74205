"""Finds the spiders: a file in `scrapers/spiders` with one class is all it takes to be one."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from scrapers import spiders
from scrapers.spider import Spider


@cache
def all_spiders() -> dict[str, type[Spider]]:
    """name → class, by name. TypeError names a file that does not hold exactly one spider."""
    found = {}
    for module in pkgutil.iter_modules(spiders.__path__):
        loaded = importlib.import_module(f"{spiders.__name__}.{module.name}")
        classes = [
            item
            for item in vars(loaded).values()
            if isinstance(item, type) and issubclass(item, Spider) and item.__module__ == loaded.__name__
        ]
        if len(classes) != 1:
            raise TypeError(f"scrapers/spiders/{module.name}.py holds {len(classes)} spiders instead of one")
        found[classes[0].name] = classes[0]
    return dict(sorted(found.items()))
