"""Shapes of sources (JSON, tables, labelled pages, feeds, spreadsheets, archives), so that a spider stays short."""

from scrapers.shapes.decode import feed_items, json_of, json_text, page_of, text_of, xml_of
from scrapers.shapes.labels import labelled, metka
from scrapers.shapes.tables import audit, heading, rows_by_heading, table_rows

__all__ = [
    "audit",
    "feed_items",
    "heading",
    "json_of",
    "json_text",
    "labelled",
    "metka",
    "page_of",
    "rows_by_heading",
    "table_rows",
    "text_of",
    "xml_of",
]
