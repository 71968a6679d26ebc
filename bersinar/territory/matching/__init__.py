"""Names and codes in a file led to villages; doubt is left to a person."""
