-- views.sql — saved views of the desk.

-- @cols desk_view = officer, role, name, tab, queue, grade, duty, words, by, at, investigator

-- @stmt desk_view_key
SELECT coalesce(max(key), 0) + 1 FROM desk_view;

-- @stmt desk_view_add
INSERT INTO desk_view (key, {desk_view}) VALUES (:key, :{desk_view});

-- @stmt desk_view_rename
UPDATE desk_view SET name = :name WHERE key = :key;

-- @stmt desk_view_remove
DELETE FROM desk_view WHERE key = :key;

-- @stmt desk_view_own
SELECT key, {desk_view} FROM desk_view INDEXED BY desk_view_own WHERE officer = :officer ORDER BY name;

-- @stmt desk_view_shared
SELECT key, {desk_view} FROM desk_view INDEXED BY desk_view_shared WHERE role = :role ORDER BY name;
