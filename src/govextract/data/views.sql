-- Views and indexes of the SQLite and the DuckDB file; both read this SQL.
-- A period ends in its year: 2020, 2020-05, 2020-01/2020-12 and /2020-12 all belong to 2020.

CREATE INDEX facts_by_id ON facts (fact_id);
CREATE INDEX facts_by_document ON facts (document);
CREATE INDEX facts_by_indicator ON facts (indicator_id, area_code, period);

-- The figures that were reached, of canonical indicators, with the year that they are of.
CREATE VIEW facts_by_area_year AS
SELECT
    indicator_id, indicator_name, area_code, area,
    CAST(substr(period, instr(period, '/') + 1, 4) AS INTEGER) AS year,
    kind, value, unit, comparator, period, document, fact_id, confidence, sentence
FROM facts
WHERE status = 'actual' AND indicator_id IS NOT NULL AND period IS NOT NULL;

-- How many areas and years state an indicator.
CREATE VIEW indicator_coverage AS
SELECT
    indicator_id, indicator_name, kind, unit,
    count(DISTINCT area_code) AS areas, count(DISTINCT year) AS years, count(*) AS facts
FROM facts_by_area_year
GROUP BY indicator_id, indicator_name, kind, unit;

-- A part beside the whole that it belongs to, and its share.
CREATE VIEW parts AS
SELECT
    part.document, part.indicator, part.value, part.unit,
    whole.indicator AS whole_indicator, whole.value AS whole_value,
    CASE WHEN part.unit = whole.unit AND whole.value <> 0 THEN part.value / whole.value END AS share,
    part.fact_id, part.part_of
FROM facts AS part JOIN facts AS whole ON whole.fact_id = part.part_of;
