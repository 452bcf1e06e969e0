"""The scheduling service: the pipeline behind HTTP, with jobs that survive."""
