-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Shared: what is told of one job. Needs state.lua.

local FIELDS = { 'name', 'data', 'opts', 'timestamp', 'delay', 'priority', 'processedOn',
                 'finishedOn', 'ats', 'atm', 'attemptsMade', 'progress', 'failedReason',
                 'stacktrace', 'pb', 'parentKey', 'stc', 'deid', 'returnvalue' }
local LARGE = { data = true, opts = true, progress = true, failedReason = true, stacktrace = true,
                returnvalue = true }

-- How a parent knows of its children, in the order they are told in.
local CHILDREN = {
  { suffix = ':unsuccessful', type = 'zset', count = 'ZCARD' },
  { suffix = ':failed', type = 'hash', count = 'HLEN', all = 'HKEYS', some = 'HSCAN', step = 2 },
  { suffix = ':dependencies', type = 'set', count = 'SCARD', all = 'SMEMBERS', some = 'SSCAN',
    step = 1 },
  { suffix = ':processed', type = 'hash', count = 'HLEN', all = 'HKEYS', some = 'HSCAN', step = 2 },
}

-- A key of another kind is none of BullMQ's.
local function count_of(job, children)
  local k = job .. children.suffix
  return redis.call('TYPE', k).ok == children.type and redis.call(children.count, k) or 0
end

local function count_children(job)
  local n = 0
  if redis.call('EXISTS', job .. ':dependencies', job .. ':processed', job .. ':failed',
                job .. ':unsuccessful') == 0 then
    return n
  end
  for _, children in ipairs(CHILDREN) do
    n = n + count_of(job, children)
  end
  return n
end

local function has_record(job)
  return redis.call('TYPE', job).ok == 'hash'
end

-- Adds to the answer each field with its whole size. Texts are cut to a length; one that is larger
-- than 'most', or not among those 'wanted', is left out without being read.
local function add_fields(answer, job, longest, most, wanted)
  local names, sizes = {}, {}
  for i, name in ipairs(FIELDS) do
    local left_out = wanted and not wanted[name]
    if LARGE[name] and not left_out then
      sizes[i] = redis.call('HSTRLEN', job, name)
      left_out = sizes[i] > most
    end
    names[i] = left_out and '' or name
  end
  local values = redis.call('HMGET', job, unpack(names))
  for i in ipairs(FIELDS) do
    local value = values[i]
    answer[#answer + 1] = value and string.sub(value, 1, longest)
    answer[#answer + 1] = sizes[i] or (value and #value or -1)
  end
end

-- What is told of a job: state, due time, lock, log lines, number of children, then its fields.
local function record_of(id, state, due, log, longest, most, wanted)
  local job = base .. id
  local answer = { state, due or '', redis.call('PTTL', job .. ':lock'), log,
                   count_children(job) }
  add_fields(answer, job, longest, most, wanted)
  return answer
end
