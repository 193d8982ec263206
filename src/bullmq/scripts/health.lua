-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What tells whether the jobs of one queue get anywhere. Writes nothing, and looks at so many jobs
-- at most: 1000 active, 100 next to run, 100 that failed last, 100 events.
-- ARGV: base. Answers: the time; active jobs (id, name, started, locked, stalled); waiting and
-- failed ones that were stalled, likewise; since when the oldest waits; when one ended and when one
-- began last; whether there are signs of a living worker. Times in milliseconds, '' for none.
--@include layout.lua
--@include ready.lua

if wrong_type() then
  return { 'wrongtype' }
end
if now == 0 then
  return { 'time' }
end

-- BullMQ 3 and 4 call the counter of stalls by its long name.
local function describe(id, locked)
  local field = fields_of(id, 'name', 'processedOn', 'stc', 'stalledCounter')
  return { id, field[1] or '', field[2] or '', locked, field[3] or field[4] or '0' }
end

local has_signs = redis.call('EXISTS', base .. 'stalled-check')
local last_started = 0
local active = {}
for _, id in ipairs(redis.call('LRANGE', key.active, -1000, -1)) do
  local locked = redis.call('EXISTS', base .. id .. ':lock')
  local job = describe(id, locked)
  if locked == 1 then
    has_signs = 1
    last_started = math.max(last_started, tonumber(job[3]) or 0)
  end
  active[#active + 1] = job
end

-- A job that lost its worker is put where the next one is taken from.
local waiting = {}
for _, id in ipairs(redis.call('LRANGE', key.wait, -100, -1)) do
  if not is_marker(id) then
    local job = describe(id, 0)
    if (tonumber(job[5]) or 0) > 0 then
      waiting[#waiting + 1] = job
    end
  end
end

local last_finished = 0
local failed = {}
local newest = redis.call('ZREVRANGE', key.failed, 0, 99, 'WITHSCORES')
for i = 1, #newest, 2 do
  local ended = tonumber(newest[i + 1])
  last_finished = math.max(last_finished, ended)
  if ended >= now - 3600000 then
    local job = describe(newest[i], 0)
    if (tonumber(job[5]) or 0) > 0 then
      job[3] = string.format('%.0f', ended)
      failed[#failed + 1] = job
    end
  end
end
newest = redis.call('ZREVRANGE', key.completed, 0, 0, 'WITHSCORES')
if newest[1] then
  last_finished = math.max(last_finished, tonumber(newest[2]))
end

-- Where finished jobs are removed at once only the stream knows of them.
for _, entry in ipairs(redis.call('XREVRANGE', key.events, '+', '-', 'COUNT', 100)) do
  local at = tonumber(string.match(entry[1], '^%d+'))
  for i = 1, #entry[2], 2 do
    if entry[2][i] == 'event' then
      local event = entry[2][i + 1]
      if event == 'completed' or event == 'failed' then
        last_finished = math.max(last_finished, at)
      elseif event == 'active' then
        last_started = math.max(last_started, at)
      end
    end
  end
end

-- Only a worker lets a delayed job wait when it is due.
local oldest = oldest_ready()
local due = redis.call('ZRANGE', key.delayed, 0, 0, 'WITHSCORES')[2]
if due and tonumber(due) < tonumber(overdue_score()) then
  oldest = math.min(oldest or math.huge, math.floor(tonumber(due) / 4096))
end

return {
  time_text(now), active, waiting, failed, time_text(oldest), time_text(last_finished),
  time_text(last_started), has_signs,
}
