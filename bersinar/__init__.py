"""Bersinar: the working system of the Desa Bersinar programme, laid out as a river."""

__version__ = "0.2.0"
