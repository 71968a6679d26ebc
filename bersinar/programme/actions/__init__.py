"""Everything that changes data of forming a Desa Bersinar."""
