"""Benchmarks of Ringfence; `README.md` says what is where and how to run it."""
