"""The simulator, against theory, against a naive loop, against another library."""
