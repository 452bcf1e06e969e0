"""Employee scheduling as Timefold has it (slots and who takes them), and ours."""
