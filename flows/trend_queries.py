"""The queries behind the figures of the report. `told` is a temporary table of the rows that are drawn.

A row is drawn where it is told as having happened and is no total. An incident counts once: by the least and the
most that its rows say, and by the middle one of their best numbers.
"""

NAMED = (
    "event_id", "run_id", "article_run", "actors", "weapons", "place_id", "place_name",
)  # fmt: skip

NIGHT = """
CREATE OR REPLACE TEMP TABLE night AS
SELECT event_id, article_id, published, date_end, is_aggregate, actors, weapons, place_id, place_name FROM own_row
"""

NIGHT_DAYS = """
SELECT max(published), list(date_end) FILTER (date_end IS NOT NULL AND NOT is_aggregate) FROM night
"""

TOLD = """
CREATE OR REPLACE TEMP TABLE told AS
WITH chosen AS (
  SELECT *, coalesce(incident_id, event_id) AS incident,
    list_filter(counts, lambda c: c.what = 'killed' AND c.scope = 'event') AS dead,
    list_filter(dead, lambda c: c.side = 'civilians') AS civil,
    list_filter(dead, lambda c: c.side IN ('actor', 'target')) AS fighting,
    coalesce(killed_low, 0) AS k_low,
    coalesce(killed_best, killed_low, 0) AS k_best,
    greatest(killed_low, killed_best, killed_high, 0) AS k_high
  FROM newest_row
  WHERE date_end BETWEEN $first AND $end OR published::DATE BETWEEN $first AND $end
), counted AS (
  SELECT *,
    coalesce(list_sum(list_transform(civil, lambda c: coalesce(c.low, 0))), 0) AS civil_low,
    coalesce(list_sum(list_transform(civil, lambda c: coalesce(c.best, c.low, 0))), 0) AS civil_best,
    coalesce(list_sum(list_transform(civil, lambda c: coalesce(c.high, c.best, c.low, 0))), 0) AS civil_high,
    coalesce(list_sum(list_transform(fighting, lambda c: coalesce(c.low, 0))), 0) AS fight_low,
    coalesce(list_sum(list_transform(fighting, lambda c: coalesce(c.best, c.low, 0))), 0) AS fight_best,
    coalesce(list_sum(list_transform(fighting, lambda c: coalesce(c.high, c.best, c.low, 0))), 0) AS fight_high
  FROM chosen
), sided AS (
  SELECT *,
    least(k_low, civil_low) AS c_low, least(k_best, civil_best) AS c_best, least(k_high, civil_high) AS c_high,
    least(k_low - c_low, fight_low) AS f_low, least(k_best - c_best, fight_best) AS f_best,
    least(k_high - c_high, fight_high) AS f_high
  FROM counted
)
SELECT incident, event_id, run_id, event_type, is_aggregate, published::DATE AS published, date_start, date_end,
  list_contains($happened, status) AND NOT is_aggregate AS drawn, is_aggregate AS total,
  coalesce(date_start <= date_end AND date_end <= $end, false) AS dated,
  ($end - date_start) // $days = ($end - date_end) // $days AS fine,
  ($end - date_end) // $days AS bar,
  CASE WHEN ($end - date_start) // $span = ($end - date_end) // $span THEN ($end - date_end) // $span END AS period,
  list_transform(
    list_filter(actors, lambda a: a.named), lambda a: {'key': coalesce(a.id, a.name), 'name': a.name}
  ) AS actors,
  list_transform(weapons, lambda w: {
    'key': coalesce(w.id, w.category),
    'name': CASE WHEN w.id IS NULL THEN replace(w.category, '_', ' ') ELSE w.name END
  }) AS weapons,
  coalesce(place_id, place_name) AS place,
  concat_ws(', ', place_name, nullif(admin1, place_name), country) AS place_name,
  latitude, longitude, place_radius_km AS radius_km, place_precision AS precision,
  killed_low IS NOT NULL OR killed_best IS NOT NULL OR killed_high IS NOT NULL AS has_killed,
  killed_high IS NULL AS killed_open, killed_best, k_low, k_best, k_high,
  least(c_low, c_best, c_high) AS c_low, c_best, greatest(c_low, c_best, c_high) AS c_high,
  least(f_low, f_best, f_high) AS f_low, f_best, greatest(f_low, f_best, f_high) AS f_high,
  k_low - c_low - f_low AS u1, k_best - c_best - f_best AS u2, k_high - c_high - f_high AS u3,
  injured_low IS NOT NULL OR injured_best IS NOT NULL OR injured_high IS NOT NULL AS has_injured,
  injured_high IS NULL AS injured_open, coalesce(injured_low, 0) AS i_low,
  coalesce(injured_best, injured_low, 0) AS i_best, greatest(injured_low, injured_best, injured_high, 0) AS i_high
FROM sided
"""

PRESENT = """
SELECT DISTINCT ($end - published) // $span AS slot FROM told
WHERE published <= $end AND slot BETWEEN 1 AND 4 ORDER BY slot
"""

BARS = """
WITH incidents AS (
  SELECT incident, min(bar) AS slot, arg_min(event_type, event_id) AS event_type
  FROM told WHERE drawn AND dated AND fine GROUP BY incident
)
SELECT slot, event_type, count(*) AS incidents FROM incidents WHERE slot < $bars GROUP BY ALL
"""

BARS_BEFORE = """
WITH incidents AS (
  SELECT coalesce(incident_id, event_id) AS incident, min(($end - date_end) // $days) AS slot
  FROM before_row
  WHERE list_contains($happened, status) AND NOT is_aggregate AND date_start <= date_end AND date_end <= $end
    AND date_end >= $first AND ($end - date_start) // $days = ($end - date_end) // $days
  GROUP BY incident
)
SELECT slot, count(*) AS incidents FROM incidents WHERE slot < $bars GROUP BY ALL
"""

LEFT_OUT = """
SELECT count(*) FILTER (total) AS totals, count(*) FILTER (NOT total AND NOT drawn) AS unreal,
  count(*) FILTER (drawn AND (date_end IS NULL OR date_start IS NULL OR dated AND bar < $bars AND NOT fine)) AS undated,
  count(*) FILTER (drawn AND date_start IS NOT NULL AND date_end IS NOT NULL AND (NOT dated OR bar >= $bars)) AS outside
FROM told WHERE published BETWEEN $first AND $end
"""

PERIODS = """
WITH incidents AS (
  SELECT incident, min(period) AS slot,
    min(c_low) FILTER (has_killed) AS cl, quantile_disc(c_best, 0.5) FILTER (has_killed) AS cb, max(c_high) AS ch,
    min(f_low) FILTER (has_killed) AS fl, quantile_disc(f_best, 0.5) FILTER (has_killed) AS fb, max(f_high) AS fh,
    min(least(u1, u2, u3)) FILTER (has_killed) AS ul, quantile_disc(u2, 0.5) FILTER (has_killed) AS ub,
    max(greatest(u1, u2, u3)) AS uh, bool_or(has_killed AND killed_open) AS killed_open,
    min(i_low) FILTER (has_injured) AS il, quantile_disc(i_best, 0.5) FILTER (has_injured) AS ib, max(i_high) AS ih,
    bool_or(has_injured AND injured_open) AS injured_open
  FROM told WHERE drawn AND dated AND period IS NOT NULL GROUP BY incident
)
SELECT slot,
  sum(cl) AS civilians_low, sum(cb) AS civilians_best, sum(ch) AS civilians_high,
  bool_or(killed_open AND ch > 0) AS civilians_open,
  sum(fl) AS parties_low, sum(fb) AS parties_best, sum(fh) AS parties_high,
  bool_or(killed_open AND fh > 0) AS parties_open,
  sum(ul) AS unstated_low, sum(ub) AS unstated_best, sum(uh) AS unstated_high,
  bool_or(killed_open AND (uh > 0 OR ch + fh = 0)) AS unstated_open,
  sum(il) AS injured_low, sum(ib) AS injured_best, sum(ih) AS injured_high, bool_or(injured_open) AS injured_open
FROM incidents WHERE slot < $periods GROUP BY slot
"""

TOTAL = """
SELECT count(DISTINCT incident) FILTER (period = 0) AS now,
  count(DISTINCT incident) FILTER (list_contains($present, period)) AS earlier
FROM told WHERE drawn AND dated
"""

MOVERS = """
WITH named AS (
  SELECT 'actor' AS kind, unnest(actors) AS one, incident, event_id, run_id, period FROM told WHERE drawn AND dated
  UNION ALL
  SELECT 'weapon', unnest(weapons), incident, event_id, run_id, period FROM told WHERE drawn AND dated
  UNION ALL
  SELECT 'place', {'key': place, 'name': place_name}, incident, event_id, run_id, period
  FROM told WHERE drawn AND dated AND place IS NOT NULL
)
SELECT kind, one.key AS key, arg_max(one.name, run_id || event_id) AS name,
  count(DISTINCT incident) FILTER (period = 0) AS now,
  count(DISTINCT incident) FILTER (list_contains($present, period)) AS earlier,
  list(DISTINCT run_id || ' ' || event_id ORDER BY run_id || ' ' || event_id DESC) FILTER (period = 0) AS rows
FROM named WHERE period <= 4 GROUP BY kind, key
QUALIFY row_number() OVER (PARTITION BY kind ORDER BY greatest(now, earlier / $known) DESC, now DESC, key) <= $top
ORDER BY kind, now DESC, earlier DESC, key
"""

# All names in one list a row, so that all rows ever read are read once and none is kept.
NAMES = """
list_concat(
  list_transform(
    list_filter(actors, lambda a: a.named),
    lambda a: {'kind': 'actor', 'key': coalesce(a.id, a.name), 'name': a.name}
  ),
  list_transform(
    list_filter(weapons, lambda w: w.id IS NOT NULL), lambda w: {'kind': 'weapon', 'key': w.id, 'name': w.name}
  ),
  CASE WHEN place_name IS NOT NULL
    THEN [{'kind': 'place', 'key': coalesce(place_id, place_name), 'name': place_name}] ELSE [] END
)
"""

NEWCOMERS = """
WITH known AS (
  SELECT one.kind AS kind, one.key AS key, min(one.name) AS name, min(seen) AS first_run
  FROM (SELECT least(coalesce(article_run, run_id), run_id) AS seen, unnest(NAMES) AS one FROM every_row)
  GROUP BY ALL HAVING min(seen) >= least($cut, $run)
), named AS (
  SELECT one.kind AS kind, one.key AS key, list(DISTINCT event_id ORDER BY event_id DESC) AS events
  FROM (SELECT event_id, unnest(NAMES) AS one FROM night) GROUP BY ALL
)
SELECT kind, key, name, first_run, first_run >= $cut AS fresh,
  list_transform(events, lambda e: $run || ' ' || e) AS rows
FROM known LEFT JOIN named USING (kind, key)
ORDER BY kind, len(events) DESC NULLS LAST, key
""".replace("NAMES", NAMES)

SPOTS = """
WITH placed AS (
  SELECT * FROM told WHERE drawn AND dated AND latitude IS NOT NULL AND longitude IS NOT NULL
    AND coalesce(radius_km, 0) <= $widest AND period <= 4
), incidents AS (
  SELECT place, incident, min(period) AS slot, min(k_low) FILTER (has_killed) AS kl,
    quantile_disc(k_best, 0.5) FILTER (has_killed) AS kb, max(k_high) AS kh,
    bool_or(has_killed AND killed_open) AS is_open
  FROM placed GROUP BY place, incident
), sums AS (
  SELECT place, count(*) FILTER (slot = 0) AS now, count(*) FILTER (list_contains($present, slot)) AS earlier,
    sum(kl) FILTER (slot = 0) AS killed_low, sum(kb) FILTER (slot = 0) AS killed_best,
    sum(kh) FILTER (slot = 0) AS killed_high, bool_or(is_open AND slot = 0) AS killed_open
  FROM incidents GROUP BY place
), points AS (
  SELECT place, arg_min(place_name, event_id) AS name, arg_min(latitude, event_id) AS latitude,
    arg_min(longitude, event_id) AS longitude, quantile_disc(radius_km, 0.5) AS radius_km,
    arg_min(precision, event_id) AS precision,
    list(DISTINCT run_id || ' ' || event_id ORDER BY run_id || ' ' || event_id DESC) FILTER (period = 0) AS rows
  FROM placed GROUP BY place
)
SELECT * FROM sums JOIN points ON sums.place IS NOT DISTINCT FROM points.place
WHERE now > 0 OR earlier >= $known
ORDER BY killed_best DESC NULLS LAST, now DESC, earlier DESC, name LIMIT $spots
"""

PLACELESS = """
SELECT count(DISTINCT incident) FILTER (latitude IS NULL OR longitude IS NULL) AS placeless,
  count(DISTINCT incident) FILTER (radius_km > $widest) AS wide
FROM told WHERE drawn AND dated AND period = 0
"""

TONGUES = """
SELECT coalesce(language, 'unknown') AS name, count(*) AS articles,
  count(*) FILTER (article_id IN (SELECT article_id FROM night)) AS told
FROM article WHERE run_id = $run GROUP BY name ORDER BY articles DESC, name
"""
