-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Puts delayed jobs where workers take them from now, each by its priority, and answers for each.
-- ARGV: base, site id, receipt lifetime (not used: a job that is not delayed any more is refused,
-- so that doing it again is harmless), then the ids.
--@include layout.lua
--@include place.lua
--@include state.lua
--@include answer.lua

local FIRST = 4

if redis.call('GET', key.site) ~= ARGV[2] then
  return { 'site' }
end
local forbidden, detail, major = layout_problem()
if forbidden then
  return { 'layout', forbidden, detail }
end
local queue = read_queue(major)
-- What takes a job back must be allowed before anything is written.
for _, probe in ipairs({ { 'ZREM', key.delayed, '' },
                         { 'ZADD', key.delayed, 'XX', '0', '' } }) do
  local problem = try(unpack(probe))
  if problem then
    return { 'error', problem }
  end
end
local trouble = queue.both and heal(queue)
if trouble then
  return trouble == 'both' and { 'layout', 'both', '' } or { 'error', trouble }
end

-- Returns a word and its detail, or nil for a job that was promoted.
local function promote(id)
  local score = redis.call('ZSCORE', key.delayed, id)
  local priority = redis.call('HGET', base .. id, 'priority')
  if redis.call('EXISTS', base .. id) == 0 then
    return 'missing'
  elseif not score then
    local state, due = state_besides_finished(id)
    return 'state', due and state .. ' ' .. due or state
  end
  local elsewhere = place_elsewhere(id, 'delayed')
  if elsewhere then
    return 'state', elsewhere
  end
  local problem = try('ZREM', key.delayed, id)
  if problem then
    return 'error', problem
  end
  problem = place(queue, id, tonumber(priority or '') or 0)
  if problem then
    try('ZADD', key.delayed, score, id)
    return 'error', problem
  end
  problem = try('HSET', base .. id, 'delay', '0')
  problem = announce(queue, 'waiting', 'jobId', id, 'prev', 'delayed') or problem
  return problem and 'warned', problem
end

local answer = new_answer(#ARGV - FIRST + 1)
for i = FIRST, #ARGV do
  local word, why = answer_of(promote, ARGV[i])
  if word then
    set_answer(answer, i - FIRST + 1, word, why)
  end
end
local asleep = mark_ready(queue)
if asleep then
  warn_done(answer, asleep)
end
return close_answer(answer)
