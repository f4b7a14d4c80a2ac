"""Prefect flows, fetching, the archive, the tables and the command line."""
