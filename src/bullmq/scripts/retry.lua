-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Puts failed jobs back to where workers take them from, each with a receipt, and answers for each.
-- ARGV: base, site id, receipt lifetime in seconds, a character a job ('1' to clear its attempt
-- counters), then four texts a job: outbox id, job id, and the earliest and latest time at which it
-- was made, in milliseconds; '0' for any.
-- Twenty thousand jobs are retried at a time, and calling a command costs as much as the command:
-- so `failed` and the waiting list are asked and changed once for all jobs of a call, and what is
-- known of a job stands in arrays, under its number, rather than in a table of its own.
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
local n_jobs = (#ARGV - 4) / 4
local answer = new_answer(n_jobs)
-- What is known of each job.
local ids, names, priorities, parents = {}, {}, {}, {}
for i = 1, n_jobs do
  ids[i] = ARGV[4 * i + 2]
end

-- The text of a command's error, or nil.
local function trouble_of(command, reply)
  return type(reply) == 'table' and reply.err and command .. ': ' .. reply.err or nil
end

-- Each job's score in a set, false for one that is not there. Redis before 6.2 has no ZMSCORE, and
-- a user may lack it.
local function scores_in(set)
  local scores = ask('ZMSCORE', set, unpack(ids))
  if scores.err then
    scores = {}
    for i, id in ipairs(ids) do
      scores[i] = redis.call('ZSCORE', set, id)
    end
  end
  return scores
end

-- The score in `failed` is what a job that finds no place goes back there with.
local scores = scores_in(key.failed)
local completed = exists('completed') and scores_in(key.completed) or {}

-- As in BullMQ, a job retried by itself goes to the end it was meant for, many to the usual one.
local function runs_last(i)
  local opts = n_jobs == 1 and ask('HGET', names[i], 'opts')
  if type(opts) ~= 'string' or not string.find(opts, '"lifo"', 1, true) then
    return false
  end
  local good, value = pcall(cjson.decode, opts)
  return good and type(value) == 'table' and value.lifo == true
end

local function refusal_of_state(id)
  local state, due = state_or_missing(id)
  if state == 'missing' then
    return state
  end
  return 'state', due and state .. ' ' .. due or state
end

-- The refusal of a job of `failed` that stands elsewhere too, and would run twice; nil of any
-- other.
local function refusal_of_double(id, is_completed)
  local state, due = 'completed', nil
  if not is_completed then
    state, due = state_besides_finished(id)
  end
  if state == 'unknown' then
    return nil
  end
  return 'state', due and state .. ' ' .. due or state
end

-- A job that gets no place in the queue has no receipt.
local function refuse(i, word, why)
  try('DEL', base .. 'wd-receipt:' .. ARGV[4 * i + 1])
  set_answer(answer, i, word, why)
end

local function refuse_known(i, receipt)
  local problem, seen = try('GET', receipt)
  set_answer(answer, i, problem and 'error' or seen == 'discarded' and 'discarded' or 'already',
             problem)
end

-- Writes a job's receipt and reads its hash. Returns whether it is to be retried; else it is
-- answered.
local function admit(i)
  local name, receipt = base .. ids[i], base .. 'wd-receipt:' .. ARGV[4 * i + 1]
  local written = ask('SET', receipt, 'sent', 'EX', lifetime, 'NX')
  if not written then
    return refuse_known(i, receipt)
  elseif written.err then
    return set_answer(answer, i, 'error', trouble_of('SET', written))
  end
  local field = ask('HMGET', name, 'priority', 'parentKey', 'finishedOn', 'timestamp')
  if field.err then
    return refuse(i, 'error', trouble_of('HMGET', field))
  elseif not field[1] and ask('EXISTS', name) == 0 then
    return refuse(i, 'missing')
  elseif is_another(field[4], ARGV[4 * i + 3], ARGV[4 * i + 4]) then
    return refuse(i, 'missing', 'past')
  elseif not scores[i] then
    return refuse(i, answer_of(refusal_of_state, ids[i]))
  elseif completed[i] or not field[3] then
    -- A job that failed says when. One that does not may have lost its record, and got a new one
    -- with the same id, while `failed` still lists it.
    local word, why = answer_of(refusal_of_double, ids[i], completed[i])
    if word then
      return refuse(i, word, why)
    end
  end
  -- What is no number is none to BullMQ either.
  names[i], priorities[i], parents[i] = name, tonumber(field[1] or '') or 0, field[2]
  return true
end

-- Returns the numbers of the jobs to be retried, and of those that name one of them again, each
-- with the number that was first. One that is named twice is retried once.
local function admit_all()
  local chosen, twins, first = {}, {}, {}
  for i = 1, n_jobs do
    local id = ids[i]
    if admit(i) then
      if first[id] then
        twins[#twins + 1] = { i, first[id] }
      else
        first[id] = i
        chosen[#chosen + 1] = i
      end
    end
  end
  return chosen, twins
end

-- A job named again is where its first mention left it.
local function refuse_twins(twins)
  for _, twin in ipairs(twins) do
    local i, first = twin[1], twin[2]
    if answer.words[first] then
      refuse(i, answer.words[first], answer.details[first])
    else
      refuse(i, 'state', priorities[first] == 0 and 'waiting' or 'prioritized')
    end
  end
end

local function ids_of(jobs)
  local list = {}
  for n, i in ipairs(jobs) do
    list[n] = ids[i]
  end
  return list
end

-- Jobs that are out of `failed` and found no place go back there.
local function put_back(jobs, why)
  for _, i in ipairs(jobs) do
    try('ZADD', key.failed, scores[i], ids[i])
    refuse(i, why == 'both' and 'both' or 'error', why)
  end
  return {}
end

-- Puts jobs without a priority where they wait; returns those that are there.
local function place_plain(jobs)
  if #jobs == 0 then
    return jobs
  end
  local trouble = try(runs_last(jobs[1]) and 'RPUSH' or 'LPUSH', queue.list, unpack(ids_of(jobs)))
  return trouble and put_back(jobs, trouble) or jobs
end

-- The same for jobs with a priority, added to @placed.
local function place_ranked(jobs, placed)
  for _, i in ipairs(jobs) do
    local trouble = place(queue, ids[i], priorities[i])
    if trouble then
      put_back({ i }, trouble)
    else
      placed[#placed + 1] = i
    end
  end
  return placed
end

-- Moves jobs from `failed` to where they wait; returns those that were moved.
local function move(jobs)
  if #jobs == 0 then
    return jobs
  end
  local trouble = try('ZREM', key.failed, unpack(ids_of(jobs)))
  if trouble then
    for _, i in ipairs(jobs) do
      refuse(i, 'error', trouble)
    end
    return {}
  end
  trouble = queue.both and heal(queue)
  if trouble then
    return put_back(jobs, trouble)
  end
  local plain, ranked = {}, {}
  for _, i in ipairs(jobs) do
    local group = priorities[i] == 0 and plain or ranked
    group[#group + 1] = i
  end
  return place_ranked(ranked, place_plain(plain))
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
local function settle(i, is_first)
  local name, cleared = names[i], nil
  if string.byte(resets, i) == 49 then
    cleared = ask('HDEL', name, 'finishedOn', 'processedOn', 'failedReason', 'atm', 'ats',
                  'attemptsMade')
  else
    cleared = ask('HDEL', name, 'finishedOn', 'processedOn', 'failedReason')
  end
  local trouble = trouble_of('HDEL', cleared)
  if parents[i] then
    trouble = rejoin_parent(name, parents[i]) or trouble
  end
  if is_first then
    return announce(queue, 'waiting', 'jobId', ids[i], 'prev', 'failed') or trouble
  end
  return trouble_of('XADD', ask('XADD', key.events, '*', 'event', 'waiting', 'jobId', ids[i],
                                'prev', 'failed')) or trouble
end

local chosen, twins = admit_all()
local moved = move(chosen)
refuse_twins(twins)
for n, i in ipairs(moved) do
  local trouble = settle(i, n == 1)
  if trouble then
    set_answer(answer, i, 'warned', trouble)
  end
end
local asleep = #moved > 0 and mark_ready(queue)
if asleep then
  warn_done(answer, asleep)
end
return close_answer(answer)
