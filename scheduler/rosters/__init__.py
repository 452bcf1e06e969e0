"""A roster in dates, names and files: what it gives, how it is written and read."""
