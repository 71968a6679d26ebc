"""What people type about forming a Desa Bersinar, one file an object of the work."""
