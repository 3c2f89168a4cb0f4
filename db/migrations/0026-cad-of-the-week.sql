-- 0026 — CAD messages by when they were received (BD 1.13): how many of the last days have their CRIS number.

CREATE INDEX case_head_received ON case_head (cad_received_at, case_key, version, cad_result, reported_at) WHERE cad_received_at IS NOT NULL;
