"""Pure functions from pages and texts to event rows: no network, disk, clock, logging or globals."""
