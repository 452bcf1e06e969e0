"""Studies: questions measured once, each by a script of its own (`STUDIES.md`)."""
