"""Texts that no spreadsheet runs as a formula."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula.

    A leading apostrophe is doubled, so that ``plain`` gives every text back.

    >>> guarded("=1+1"), guarded("Ann")
    ("'=1+1", 'Ann')
    """
    return "'" + text if text.startswith((*FORMULA_STARTS, "'")) else text


def plain(text: str) -> str:
    """Return the text that ``guarded`` was given.

    >>> plain("'=1+1"), plain("'s Avonds")
    ('=1+1', "'s Avonds")
    """
    if text.startswith("'") and text[1:].startswith((*FORMULA_STARTS, "'")):
        return text[1:]
    return text
