-- 0004 — kept free for assessments.
SELECT 1;
