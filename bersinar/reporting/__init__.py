"""REPORT: pictures, tables and documents made from released work."""
