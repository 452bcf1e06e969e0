"""What is promised of our centres, and the long runs that hold it up."""
