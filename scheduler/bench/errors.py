r"""What is kept of a program's error: results are shared, the folders of a machine not.

>>> kept('File "/a/b/solve.py", line 3\nOSError: C:\\a\\plan.csv')
'File "solve.py", line 3\nOSError: plan.csv'
>>> kept("see https://example.org/a/b, 3/4 of 1/2")
'see https://example.org/a/b, 3/4 of 1/2'
"""

import re

CHARACTERS = 2_000
_FOLDERS = re.compile(r"(?<![\w.:/\\])(?:[A-Za-z]:)?[\\/](?:[^\\/\s\"':]+[\\/])+")


def kept(text: str) -> str:
    """Return the end of an error's text, with files by their names alone."""
    return _FOLDERS.sub("", text)[-CHARACTERS:]
