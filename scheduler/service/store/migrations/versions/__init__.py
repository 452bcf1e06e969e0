"""The versions of our tables."""
