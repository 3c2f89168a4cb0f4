-- policy.sql — policies that were put in force, who proposed them and who approved.

-- @stmt policy_newest
SELECT coalesce(max(key), 0) FROM policy;

-- @scan
-- @stmt policy_list
SELECT p.key, p.id, p.hash, p.activated_at, o.proposed_by, o.proposed_at, d.decided_by
FROM policy p
LEFT JOIN policy_decision d ON d.policy = p.key
LEFT JOIN policy_proposal o ON o.key = d.proposal
ORDER BY p.key DESC;

-- @stmt policy_text
SELECT text FROM policy WHERE key = :key;

-- @stmt proposal_add
INSERT INTO policy_proposal (id, hash, text, proposed_by, proposed_at, act)
VALUES (:id, :hash, :text, :proposed_by, :proposed_at, :act);

-- @stmt proposal_last
SELECT coalesce(max(key), 0) FROM policy_proposal;

-- @scan
-- @stmt proposal_list
SELECT o.key, o.id, o.hash, o.proposed_by, o.proposed_at, d.decision, d.decided_by, d.decided_at
FROM policy_proposal o
LEFT JOIN policy_decision d ON d.proposal = o.key
ORDER BY o.key DESC;

-- @stmt proposal_text
SELECT text FROM policy_proposal WHERE key = :key;

-- @stmt decision_add
INSERT INTO policy_decision (proposal, decision, policy, decided_by, decided_at, act)
VALUES (:proposal, :decision, :policy, :decided_by, :decided_at, :act) ON CONFLICT DO NOTHING;
