"""The rehearsal copy of an office: its structure with invented people and values; see docs/operate/latihan.md."""
