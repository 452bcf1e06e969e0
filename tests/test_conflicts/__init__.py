"""Plans without a legal roster: why, and what would do."""
