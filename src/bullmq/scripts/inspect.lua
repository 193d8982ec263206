-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What plain commands cannot count, of one queue. Writes nothing.
-- ARGV: base. Answers: word and detail of what forbids writing ('' for nothing), active jobs
-- without a lock, since when the job waits that waits longest, how many schedulers there are, for
-- how many ms no more jobs begin, whether there are signs of a living worker, how many delayed jobs
-- are due for so long that a living one would have noticed.
--@include layout.lua
--@include ready.lua

local forbidden, detail = layout_problem()
if forbidden == 'wrongtype' then
  return { forbidden, detail, -1, '', -1, 0 }
end
local lost = 0
-- Any living worker renews it, also one that is not seen connected.
local has_signs = redis.call('EXISTS', base .. 'stalled-check')
for _, id in ipairs(redis.call('LRANGE', key.active, -1000, -1)) do
  local locked = redis.call('EXISTS', base .. id .. ':lock')
  lost = lost + 1 - locked
  has_signs = math.max(has_signs, locked)
end

-- Beside the limit of the queue there is one set by hand, which counts as more than any number.
local function limited_ms()
  local begun = tonumber(redis.call('GET', key.limiter) or '') or 0
  local most = tonumber(redis.call('HGET', key.meta, 'max') or '') or 9007199254740991
  return begun > 0 and begun >= most and redis.call('PTTL', key.limiter) or 0
end

return { forbidden or '', detail or '', lost, time_text(oldest_ready()),
         redis.call('ZCARD', key.schedulers), limited_ms(), has_signs,
         redis.call('ZCOUNT', key.delayed, '-inf', '(' .. overdue_score()) }
