"""Bersinar: the working system of the Desa Bersinar programme, laid out as a river."""
