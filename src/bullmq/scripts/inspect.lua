-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What plain commands cannot count, of one queue. Writes nothing.
-- ARGV: base. Answers: word and detail of what forbids writing ('' for nothing), active jobs
-- without a lock, when the longest waiting job was made.
--@include layout.lua

local forbidden, detail = layout_problem()
if forbidden == 'wrongtype' then
  return { forbidden, detail, -1, '' }
end
local lost = 0
for _, id in ipairs(redis.call('LRANGE', key.active, -1000, -1)) do
  lost = lost + 1 - redis.call('EXISTS', base .. id .. ':lock')
end
local oldest = redis.call('LINDEX', key.paused, -1) or redis.call('LINDEX', key.wait, -1)
local made = ''
if oldest and redis.call('TYPE', base .. oldest).ok == 'hash' then
  made = redis.call('HGET', base .. oldest, 'timestamp') or ''
end
return { forbidden or '', detail or '', lost, made }
