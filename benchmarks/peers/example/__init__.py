"""The instance of OR-Tools' shift scheduling example, in CP-SAT and as a plan."""
