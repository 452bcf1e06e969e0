"""The report: one HTML file of a roster that opens offline."""

from scheduler.report.page.content import page_document
from scheduler.report.page.document import PageDocument
from scheduler.report.page.render import page_data, page_text
from scheduler.report.page.sources import Sources, read_sources, sources_of

__all__ = [
    "PageDocument",
    "Sources",
    "page_data",
    "page_document",
    "page_text",
    "read_sources",
    "sources_of",
]
