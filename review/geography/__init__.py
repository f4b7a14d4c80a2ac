"""Maps as geometry: outlines, projections, the frames that events ask for, and what is drawn in them."""
