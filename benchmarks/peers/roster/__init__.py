"""pyworkforce's roster problem (``MinHoursRoster``), and ours on the same."""
