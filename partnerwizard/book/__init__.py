"""The review book: a whole guidance pack as one readable, printable page for those who know the field, not the code."""

from partnerwizard.book.render import render_book

__all__ = ["render_book"]
