"""Jobs: what is asked, who runs it, and what came of it."""
