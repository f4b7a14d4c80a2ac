"""Measurements that are kept: scores on corpora, speed as ratios in one run."""
