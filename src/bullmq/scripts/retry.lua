-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Puts failed jobs back to where workers take them from, each with a receipt, and answers for each.
-- ARGV: base, site id, receipt lifetime in seconds, a character a job ('1' to clear its attempt
-- counters), then two texts a job: outbox id and job id. At most 1000 jobs.
-- Twenty thousand jobs are retried at a time: what can be asked of many is one command.
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
                         { 'DEL', base .. 'wd-receipt:' }, { 'ZREM', key.failed, '' },
                         { 'ZADD', key.failed, 'XX', '0', '' }, { 'HDEL', key.meta, '' } }) do
  local problem = try(unpack(probe))
  if problem then
    return { 'error', problem }
  end
end

-- First everything is read and judged. The tables below go by the place of a job in the call.

local ids, names, receipts = {}, {}, {}
for at = 5, #ARGV, 2 do
  receipts[#receipts + 1] = base .. 'wd-receipt:' .. ARGV[at]
  ids[#ids + 1] = ARGV[at + 1]
  names[#names + 1] = base .. ARGV[at + 1]
end

-- As in BullMQ, a job retried by itself goes to the end it was meant for, many to the usual one.
local function runs_last_in(name)
  local opts = #ids == 1 and redis.call('HGET', name, 'opts')
  if not opts or not string.find(opts, '"lifo"', 1, true) then
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

local seen = {}
if redis.call('EXISTS', unpack(receipts)) > 0 then
  seen = redis.call('MGET', unpack(receipts))
end
local parents, priorities, lifo = {}, {}, {}

-- Returns what becomes of a job that is not to be retried, and why; nil of one that is, if failed.
local function judge(i)
  if seen[i] then
    return seen[i] == 'discarded' and 'discarded' or 'already'
  end
  local problem, field = try('HMGET', names[i], 'priority', 'parentKey')
  if problem then
    return 'error', problem
  end
  if not field[1] and redis.call('EXISTS', names[i]) == 0 then
    return 'missing'
  end
  priorities[i] = field[1] and field[1] ~= '0' and tonumber(field[1]) or nil
  parents[i] = field[2] or nil
  lifo[i] = runs_last_in(names[i]) or nil
  return nil
end

local jobs, answer = {}, new_answer(#ids)
for i = 1, #ids do
  local word, why = judge(i)
  if word then
    set_answer(answer, i, word, why)
  else
    jobs[#jobs + 1] = i
  end
end

-- Then it is written. Whatever cannot be placed goes back to `failed`, its receipt deleted.

local function take_back(i, trouble)
  -- The score in `failed` is the time when it finished.
  local _, finished = try('HGET', names[i], 'finishedOn')
  try('ZADD', key.failed, tonumber(finished or '') and finished or '0', ids[i])
  try('DEL', receipts[i])
  set_answer(answer, i, trouble == 'both' and 'both' or 'error', trouble)
end

-- Takes the jobs out of `failed`, which says whether they were there, and writes their receipts;
-- returns those that now must be placed.
local function take_out()
  local taken, is_taken = {}, {}
  for _, i in ipairs(jobs) do
    local problem, removed = try('ZREM', key.failed, ids[i])
    if problem then
      set_answer(answer, i, 'error', problem)
    elseif removed == 0 and is_taken[ids[i]] then
      set_answer(answer, i, 'state', 'waiting')
    elseif removed == 0 then
      set_answer(answer, i, answer_of(refusal_of_state, ids[i]))
    else
      problem = heal(queue) or try('SET', receipts[i], 'sent', 'EX', lifetime)
      if problem then
        take_back(i, problem)
      else
        taken[#taken + 1] = i
        is_taken[ids[i]] = true
      end
    end
  end
  return taken
end

-- Returns the jobs that stand in their containers. Those without priority go there in one call.
local function place_all(taken)
  local placed, plain, members = {}, {}, {}
  for _, i in ipairs(taken) do
    if not priorities[i] and not lifo[i] then
      plain[#plain + 1] = i
      members[#members + 1] = ids[i]
    else
      local trouble = place(queue, ids[i], priorities[i] or 0, lifo[i])
      if trouble then
        take_back(i, trouble)
      else
        placed[#placed + 1] = i
      end
    end
  end
  local trouble = #plain > 0 and try('LPUSH', queue.list, unpack(members))
  for _, i in ipairs(plain) do
    if trouble then
      take_back(i, trouble)
    else
      placed[#placed + 1] = i
    end
  end
  return placed
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

-- The job is queued, whatever fails here. The stream is cut with the last event of many.
local function settle(i, is_last)
  local trouble
  if string.byte(resets, i) == 49 then
    trouble = try('HDEL', names[i], 'finishedOn', 'processedOn', 'failedReason', 'atm', 'ats',
                  'attemptsMade')
  else
    trouble = try('HDEL', names[i], 'finishedOn', 'processedOn', 'failedReason')
  end
  if parents[i] then
    trouble = rejoin_parent(names[i], parents[i]) or trouble
  end
  if is_last then
    return announce(queue, 'waiting', 'jobId', ids[i], 'prev', 'failed') or trouble
  end
  return try('XADD', key.events, '*', 'event', 'waiting', 'jobId', ids[i], 'prev', 'failed')
    or trouble
end

local placed = place_all(take_out())
local asleep = #placed > 0 and mark_ready(queue)
for n, i in ipairs(placed) do
  local trouble = settle(i, n == #placed) or asleep
  set_answer(answer, i, trouble and 'warned' or 'done', trouble)
end
return close_answer(answer)
