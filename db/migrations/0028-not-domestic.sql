-- 0028 — a CAD that is resulted not domestic stands on evidence (BD 1.13): on which ground, what supports it, who decided and when. What was resulted so
-- before says nothing of these, and is shown as having none.

ALTER TABLE "case_head" ADD COLUMN "cad_ground" TEXT;
ALTER TABLE "case_head" ADD COLUMN "cad_evidence" TEXT CHECK (length("cad_evidence") > 0);
ALTER TABLE "case_head" ADD COLUMN "cad_decided_by" TEXT CHECK (length("cad_decided_by") > 0);
ALTER TABLE "case_head" ADD COLUMN "cad_decided_at" INTEGER;
DROP TRIGGER case_head_keeps;
CREATE TRIGGER case_head_keeps BEFORE UPDATE OF case_key, version, act, "reported_at", "reported_how", "attended_at", "incident_from", "incident_to", "cad_received_at", "cad_result", "cad_closed_at", "cad_ground", "cad_decided_at", "kind", "children_answer", "children_at", "restricted_at", "closed_at", "outcome" ON "case_head"
    BEGIN SELECT raise(ABORT, 'case_head: only text is ever rewritten'); END;
