"""What the computing library does, beside the packages people would otherwise reach for."""
