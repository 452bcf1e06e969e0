"""What if: a plan changed in many ways, each solved, all side by side."""
