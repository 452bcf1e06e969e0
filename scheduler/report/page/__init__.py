"""The report: one HTML file of a roster that opens offline."""
