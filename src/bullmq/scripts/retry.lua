-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Puts failed jobs back to where workers take them from, each with a receipt, and answers for each.
-- ARGV: base, site id, receipt lifetime in seconds, then three texts a job: outbox id, job id, and
-- '1' to clear the attempt counters.
--@include layout.lua
--@include place.lua
--@include state.lua

local site, lifetime = ARGV[2], ARGV[3]
local FIRST, WIDTH = 4, 3

if redis.call('GET', key.site) ~= site then
  return { 'site' }
end
local forbidden, detail, major = layout_problem()
if forbidden then
  return { 'layout', forbidden, detail }
end
local queue = read_queue(major)
-- What takes a job back must be allowed before anything is written: none of these changes a thing.
for _, probe in ipairs({ { 'DEL', base .. 'wd-receipt:' }, { 'ZREM', key.failed, '' },
                         { 'ZADD', key.failed, 'XX', '0', '' }, { 'HDEL', key.meta, '' } }) do
  local problem = try(unpack(probe))
  if problem then
    return { 'error', problem }
  end
end

-- A child that failed left its parent's list of children; it goes back there.
local function rejoin_parent(job, parent)
  local problem, left = try('ZREM', parent .. ':unsuccessful', job)
  if left == 0 then
    problem, left = try('HDEL', parent .. ':failed', job)
  end
  if problem or left == 0 then
    return problem
  end
  return (try('SADD', parent .. ':dependencies', job))
end

local function runs_last_in(opts)
  if not opts or not string.find(opts, '"lifo"', 1, true) then
    return false
  end
  local good, value = pcall(cjson.decode, opts)
  return good and type(value) == 'table' and value.lifo == true
end

-- Moves the id from `failed` to where it waits; returns 'both' or an error's text with nothing
-- changed, or nil.
local function move(receipt, id, score, priority, lifo)
  local trouble = try('SET', receipt, 'sent', 'EX', lifetime) or heal(queue)
  if not trouble then
    trouble = try('ZREM', key.failed, id)
    if not trouble then
      trouble = place(queue, id, priority, lifo)
      if trouble then
        try('ZADD', key.failed, score, id)
      end
    end
  end
  if trouble then
    try('DEL', receipt)
  end
  return trouble
end

local function not_failed(id)
  local state, due = state_of(id)
  if state == 'unknown' and redis.call('EXISTS', base .. id) == 0 then
    return 'missing', ''
  end
  return 'state', due and state .. ' ' .. due or state
end

local function retry(outbox, id, reset)
  local receipt, job = base .. 'wd-receipt:' .. outbox, base .. id
  local seen = redis.call('GET', receipt)
  if seen then
    return seen == 'discarded' and 'discarded' or 'already', ''
  end
  local field = redis.call('HMGET', job, 'priority', 'parentKey', 'opts', 'timestamp')
  local score = redis.call('ZSCORE', key.failed, id)
  if not score then
    return not_failed(id)
  end
  if not field[1] and not field[4] and redis.call('EXISTS', job) == 0 then
    return 'missing', ''
  end
  local trouble = move(receipt, id, score, tonumber(field[1] or '') or 0, runs_last_in(field[3]))
  if trouble then
    return trouble == 'both' and 'both' or 'error', trouble
  end
  -- From here on the job is queued, whatever fails.
  if reset == '1' then
    trouble = try('HDEL', job, 'finishedOn', 'processedOn', 'failedReason', 'atm', 'ats',
                  'attemptsMade')
  else
    trouble = try('HDEL', job, 'finishedOn', 'processedOn', 'failedReason')
  end
  if field[2] then
    trouble = rejoin_parent(job, field[2]) or trouble
  end
  trouble = announce(queue, 'waiting', 'jobId', id, 'prev', 'failed') or trouble
  return trouble and 'warned' or 'done', trouble or ''
end

local answer, queued = { 'ok' }, false
for at = FIRST, #ARGV, WIDTH do
  local word, why = answer_of(retry, ARGV[at], ARGV[at + 1], ARGV[at + 2])
  queued = queued or word == 'done' or word == 'warned'
  answer[#answer + 1] = word
  answer[#answer + 1] = why
end
local problem = queued and mark_ready(queue)
for i = 2, problem and #answer or 0, 2 do
  if answer[i] == 'done' then
    answer[i], answer[i + 1] = 'warned', problem
  end
end
return answer
