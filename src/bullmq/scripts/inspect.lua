-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What plain commands cannot count, of one queue. Writes nothing.
-- ARGV: base. Answers: word and detail of what forbids writing ('' for nothing), active jobs
-- without a lock, when the longest waiting job was made, how many schedulers there are, for how
-- many ms no more jobs begin.
--@include layout.lua

local forbidden, detail = layout_problem()
if forbidden == 'wrongtype' then
  return { forbidden, detail, -1, '', -1, 0 }
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

-- Beside the limit of the queue there is one set by hand, which counts as more than any number.
local function limited_ms()
  local begun = tonumber(redis.call('GET', key.limiter) or '') or 0
  local most = tonumber(redis.call('HGET', key.meta, 'max') or '') or 9007199254740991
  return begun > 0 and begun >= most and redis.call('PTTL', key.limiter) or 0
end

return { forbidden or '', detail or '', lost, made, redis.call('ZCARD', key.schedulers),
         limited_ms() }
