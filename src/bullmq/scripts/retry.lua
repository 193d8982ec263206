-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Puts failed jobs back to where workers take them from, each with a receipt, and answers for each.
-- ARGV: base, site id, receipt lifetime in seconds, a character a job ('1' to clear its attempt
-- counters), then two texts a job: outbox id and job id.
-- Twenty thousand jobs are retried at a time, so each is touched once, from its receipt to its
-- event, while it is in the processor's cache; and each command is called as directly as can be.
--@include layout.lua
--@include place.lua
--@include state.lua
--@include answer.lua

local site, lifetime, resets = ARGV[2], ARGV[3], ARGV[4]

if redis.call('GET', key.site) ~= site then
  return { 'site' }
end
local forbidden, detail, major = layout_problem()
if forbidden then
  return { 'layout', forbidden, detail }
end
local queue = read_queue(major)
-- What takes a job back must be allowed before anything is written; none of these changes a thing.
-- A full server says so at the first write only, and only to a command that takes memory.
for _, probe in ipairs({ { 'SET', base .. 'wd-receipt:', '', 'XX' },
                         { 'GET', base .. 'wd-receipt:' }, { 'DEL', base .. 'wd-receipt:' },
                         { 'ZREM', key.failed, '' },
                         { 'ZADD', key.failed, 'XX', '0', '' }, { 'HDEL', key.meta, '' } }) do
  local problem = try(unpack(probe))
  if problem then
    return { 'error', problem }
  end
end

local ask = redis.pcall
local n_jobs = (#ARGV - 4) / 2
local n_done = 0

-- The text of a command's error, or nil.
local function trouble_of(command, reply)
  return type(reply) == 'table' and reply.err and command .. ': ' .. reply.err or nil
end

-- As in BullMQ, a job retried by itself goes to the end it was meant for, many to the usual one.
local function runs_last(name)
  local opts = n_jobs == 1 and ask('HGET', name, 'opts')
  if type(opts) ~= 'string' or not string.find(opts, '"lifo"', 1, true) then
    return false
  end
  local good, value = pcall(cjson.decode, opts)
  return good and type(value) == 'table' and value.lifo == true
end

local function refusal_of_state(id)
  local state, due = state_of(id)
  if state == 'unknown' and redis.call('EXISTS', base .. id) == 0 then
    return 'missing'
  end
  return 'state', due and state .. ' ' .. due or state
end

-- Returns why a job with its receipt is not to be retried, and nil of one that is out of `failed`.
local function take_out(id, name, priority)
  if not priority and ask('EXISTS', name) == 0 then
    return 'missing'
  end
  local removed = ask('ZREM', key.failed, id)
  if removed == 1 then
    return nil
  elseif removed == 0 then
    return answer_of(refusal_of_state, id)
  end
  return 'error', trouble_of('ZREM', removed)
end

-- Puts a job that is out of `failed` where it waits, or back. Returns an error's text, or nil.
local function put_in(id, name, priority)
  local trouble = queue.both and heal(queue)
    or place(queue, id, tonumber(priority or 0), runs_last(name))
  if trouble then
    -- The score in `failed` is the time when it finished.
    local _, finished = try('HGET', name, 'finishedOn')
    try('ZADD', key.failed, tonumber(finished or '') and finished or '0', id)
  end
  return trouble
end

-- A child that failed left its parent's list of children; it goes back there.
local function rejoin_parent(name, parent)
  local problem, left = try('ZREM', parent .. ':unsuccessful', name)
  if left == 0 then
    problem, left = try('HDEL', parent .. ':failed', name)
  end
  if problem or left == 0 then
    return problem
  end
  return (try('SADD', parent .. ':dependencies', name))
end

-- The job is queued, whatever fails here. The stream is cut with the first event of many.
local function settle(i, id, name, parent)
  local trouble
  if string.byte(resets, i) == 49 then
    trouble = trouble_of('HDEL', ask('HDEL', name, 'finishedOn', 'processedOn', 'failedReason',
                                     'atm', 'ats', 'attemptsMade'))
  else
    trouble = trouble_of('HDEL', ask('HDEL', name, 'finishedOn', 'processedOn', 'failedReason'))
  end
  if parent then
    trouble = rejoin_parent(name, parent) or trouble
  end
  if n_done == 1 then
    return announce(queue, 'waiting', 'jobId', id, 'prev', 'failed') or trouble
  end
  return trouble_of('XADD', ask('XADD', key.events, '*', 'event', 'waiting', 'jobId', id, 'prev',
                                'failed')) or trouble
end

-- Returns what became of a job that is not simply done, and why.
local function retry(i)
  local id = ARGV[2 * i + 4]
  local name, receipt = base .. id, base .. 'wd-receipt:' .. ARGV[2 * i + 3]
  local written = ask('SET', receipt, 'sent', 'EX', lifetime, 'NX')
  if not written then
    local problem, seen = try('GET', receipt)
    return problem and 'error' or seen == 'discarded' and 'discarded' or 'already', problem
  elseif written.err then
    return 'error', trouble_of('SET', written)
  end
  -- Whatever stands in the way from here on, the receipt is deleted again.
  local field = ask('HMGET', name, 'priority', 'parentKey')
  local word, why = 'error', trouble_of('HMGET', field)
  if not why then
    word, why = take_out(id, name, field[1])
  end
  if not word then
    why = put_in(id, name, field[1])
    word = why and (why == 'both' and 'both' or 'error')
  end
  if word then
    try('DEL', receipt)
    return word, why
  end
  n_done = n_done + 1
  why = settle(i, id, name, field[2])
  return why and 'warned', why
end

local answer = new_answer(n_jobs)
for i = 1, n_jobs do
  local word, why = retry(i)
  if word then
    set_answer(answer, i, word, why)
  end
end
local asleep = n_done > 0 and mark_ready(queue)
if asleep then
  warn_done(answer, asleep)
end
return close_answer(answer)
