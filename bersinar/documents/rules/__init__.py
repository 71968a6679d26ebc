"""What a letter must hold and how its number reads; plain functions without Django."""
