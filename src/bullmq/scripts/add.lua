-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Adds jobs, each with its receipt, and answers for each.
-- ARGV: base, site id, receipt lifetime in seconds, then for adding again what is known of the
-- event stream ('' for plain adding, else the last id read of it), then eight texts a job.
--@include layout.lua
--@include place.lua
--@include state.lua
--@include answer.lua

local site, lifetime, read_up_to = ARGV[2], ARGV[3], ARGV[4]
local again = read_up_to ~= ''

-- Adding again: the ids that completed since the stream was read, and did not enter their queue
-- again after that; nil when events may be missing.
local function completed_since()
  local ids = {}
  if redis.call('XLEN', key.events) == 0 then
    return read_up_to == '0-0' and ids or nil
  end
  if #redis.call('XRANGE', key.events, '-', read_up_to, 'COUNT', 1) == 0 then
    return nil
  end
  local entries = redis.call('XRANGE', key.events, read_up_to, '+', 'COUNT', 2001)
  for _, entry in ipairs(entries) do
    local field = {}
    for i = 1, #entry[2], 2 do
      field[entry[2][i]] = entry[2][i + 1]
    end
    if field.event == 'completed' and field.jobId then
      ids[field.jobId] = true
    elseif field.jobId and (field.event == 'added'
                            or field.event == 'waiting' and field.prev == 'completed') then
      ids[field.jobId] = nil
    end
  end
  return #entries <= 2000 and ids or nil
end

if redis.call('GET', key.site) ~= site then
  return { 'site' }
end
local forbidden, detail, major = layout_problem()
if forbidden then
  return { 'layout', forbidden, detail }
end
local completed = again and completed_since()
if completed == nil then
  return { 'stream' }
end
local queue = read_queue(major)
-- What takes a job back must be allowed before anything is written; none of these changes a thing.
-- A full server says so at the first write only, and only to a command that takes memory.
local problem = try('SET', base .. 'wd-receipt:', '', 'XX') or try('DEL', base .. 'wd-receipt:')
if again then
  problem = problem or try('ZREM', key.failed, '')
end
if problem then
  return { 'error', problem }
end

-- Returns what forbids adding the job, or nil.
local function refusal(receipt, id)
  local seen = redis.call('GET', receipt)
  if seen then
    return seen == 'discarded' and 'discarded' or 'already', ''
  end
  if redis.call('EXISTS', base .. id) == 1 then
    return 'exists', ''
  end
  if again then
    local state = completed[id] and 'completed' or state_of(id)
    if state ~= 'unknown' and state ~= 'failed' then
      return 'state', state
    end
  end
  return nil
end

local function place_delayed(id, due)
  local lowest = due * 4096
  local problem, last = try('ZREVRANGEBYSCORE', key.delayed, string.format('%.0f', lowest + 4095),
                            string.format('%.0f', lowest), 'WITHSCORES', 'LIMIT', 0, 1)
  if problem then
    return problem
  end
  local score = last[2] and math.min(tonumber(last[2]) + 1, lowest + 4095) or lowest
  return (try('ZADD', key.delayed, string.format('%.0f', score), id))
end

-- Returns 'both' or an error's text when the job is in no container afterwards, or nil.
local function write(receipt, id, name, data, opts, timestamp, delay, priority)
  local job = base .. id
  local trouble = try('HSET', job, 'name', name, 'data', data, 'opts', opts, 'timestamp', timestamp,
                      'delay', delay, 'priority', priority)
  if trouble then
    return trouble
  end
  trouble = try('SET', receipt, 'sent', 'EX', lifetime) or heal(queue)
  if not trouble and tonumber(delay) > 0 then
    trouble = place_delayed(id, tonumber(timestamp) + tonumber(delay))
  elseif not trouble then
    trouble = place(queue, id, tonumber(priority), false)
  end
  if trouble then
    try('DEL', job, receipt)
  end
  return trouble
end

local ready, delays = {}, {}

local function add(i)
  local first = 5 + 8 * (i - 1)
  local outbox, id, name, data, opts, timestamp, delay, priority = unpack(ARGV, first, first + 7)
  local receipt = base .. 'wd-receipt:' .. outbox
  local word, why = refusal(receipt, id)
  if word then
    return word, why
  end
  local trouble = write(receipt, id, name, data, opts, timestamp, delay, priority)
  if trouble then
    return trouble == 'both' and 'both' or 'error', trouble
  end
  -- From here on the job is queued, whatever fails.
  if again then
    try('ZREM', key.failed, id)
  end
  trouble = try('INCR', key.id)
    or try('XADD', key.events, '*', 'event', 'added', 'jobId', id, 'name', name)
  if tonumber(delay) > 0 then
    delays[#delays + 1] = i
    local due = string.format('%.0f', tonumber(timestamp) + tonumber(delay))
    trouble = announce(queue, 'delayed', 'jobId', id, 'delay', due) or trouble
  else
    ready[#ready + 1] = i
    trouble = announce(queue, 'waiting', 'jobId', id) or trouble
  end
  return trouble and 'warned' or 'done', trouble or ''
end

local answer = new_answer((#ARGV - 4) / 8)
for i = 1, answer.n do
  set_answer(answer, i, answer_of(add, i))
end

local function warn(jobs, trouble)
  for _, i in ipairs(trouble and jobs or {}) do
    set_answer(answer, i, 'warned', trouble)
  end
end

if #ready > 0 then
  warn(ready, mark_ready(queue))
end
if #delays > 0 then
  warn(delays, mark_delayed())
end
return close_answer(answer)
