"""``python -m models.roster.columns`` compiles the engine ahead of its first solve."""

from models.roster.columns.warm import warm

if __name__ == "__main__":
    warm()
