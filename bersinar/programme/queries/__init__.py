"""What this stage tells."""
