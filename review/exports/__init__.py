"""Rows for other programs: a shape makes tables of them, a format writes the tables."""
