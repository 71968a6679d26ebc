"""Templates, numbers, PDF and DOCX of letters; stored files."""
