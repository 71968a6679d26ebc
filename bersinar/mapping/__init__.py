"""MAP: categories under a dated rule, with what missing answers leave open."""
