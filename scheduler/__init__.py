"""Ringfence, the product: plans in, rosters, reports and explanations out."""
