-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Shared: in which state a job is.

-- Finding an id in a list looks at every id of it; the whole call may look at this many.
local looks_left = 1000000

-- Returns whether the list holds the id, or nil where that would take too long.
local function list_holds(list, id)
  local length = redis.call('LLEN', list)
  if length == 0 then
    return false
  end
  if length > looks_left then
    return nil
  end
  looks_left = looks_left - length
  local found = redis.pcall('LPOS', list, id)
  if type(found) ~= 'table' then
    return found ~= false
  end
  -- Redis before 6.0.6 has no LPOS.
  for _, other in ipairs(redis.call('LRANGE', list, 0, -1)) do
    if other == id then
      return true
    end
  end
  return false
end

-- As state_of(), whether or not the job finished.
local function state_besides_finished(id)
  local score = redis.call('ZSCORE', key.delayed, id)
  if score then
    return 'delayed', string.format('%.0f', math.floor(tonumber(score) / 4096))
  end
  if redis.call('ZSCORE', key.prioritized, id) then
    return 'prioritized'
  end
  if redis.call('ZSCORE', key.children, id) then
    return 'waiting-children'
  end
  local unsure = false
  for _, try in ipairs({ { key.active, 'active' }, { key.wait, 'waiting' },
                         { key.paused, 'waiting' } }) do
    local holds = list_holds(try[1], id)
    if holds then
      return try[2]
    end
    unsure = unsure or holds == nil
  end
  return unsure and 'unsure' or 'unknown'
end

-- Returns the state in BullMQ's words and, when delayed, the due time. 'unknown' is in no list,
-- 'unsure' not looked up to the end.
local function state_of(id)
  if redis.call('ZSCORE', key.completed, id) then
    return 'completed'
  end
  if redis.call('ZSCORE', key.failed, id) then
    return 'failed'
  end
  return state_besides_finished(id)
end

-- As state_of(); 'missing' for a job without a record that was found nowhere, and where the lists
-- are too long to look through it is the record alone that counts.
local function state_or_missing(id)
  local state, due = state_of(id)
  if (state == 'unknown' or state == 'unsure') and redis.call('EXISTS', base .. id) == 0 then
    return 'missing'
  end
  return state, due
end

-- Whether a job that says it was made then is another one than was made between these times, '0'
-- for any: a queue that was emptied gives its ids again.
local function is_another(made, since, till)
  local at, first, last = tonumber(made or ''), tonumber(since), tonumber(till)
  return at and (at < first or last > 0 and at > last)
end

-- As is_another(), of the job that bears the id. Most have an id that is given once.
local function bears_another(id, since, till)
  if since == '0' and till == '0' then
    return false
  end
  local made = redis.pcall('HGET', base .. id, 'timestamp')
  return is_another(type(made) == 'string' and made, since, till)
end

-- A list longer than this is not looked through to its end for each job.
local MOST_LOOKED = 5000

local function is_short(list)
  return redis.call('LLEN', list) <= MOST_LOOKED
end

-- Where the job stands besides that state, or instead, or nil. One that stands twice runs twice;
-- and an id whose record is gone a worker runs as a job without data.
local function place_elsewhere(id, state)
  for _, set in ipairs({ 'prioritized', 'delayed', 'failed', 'completed' }) do
    if set ~= state and redis.call('ZSCORE', key[set], id) then
      return set
    end
  end
  for _, list in ipairs({ 'active', 'wait', 'paused' }) do
    local there = list == 'active' and list or 'waiting'
    if there ~= state and is_short(key[list]) and list_holds(key[list], id) then
      return there
    end
  end
  return nil
end
