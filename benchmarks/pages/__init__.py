"""What people wait for: files read and written, pages, searches, the calculation of a map."""
