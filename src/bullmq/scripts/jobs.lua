-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Jobs of one state, as they stand at this moment: those from one place to another, what would run
-- next or what ended last first; or those of some ids that still stand there. Writes nothing.
-- ARGV: base, state, longest text, largest text to be read, first and last place; or the same with
-- '' for the first place, then ids.
-- Answers how many there are, whether there is such a queue, then an id and what record.lua tells
-- of it for each; of many only the first are told of: ask for the others by their ids.
--@include layout.lua
--@include state.lua
--@include record.lua

local TOLD = 50

local LISTS = { waiting = { 'paused', 'wait' }, active = { 'active' } }
local SETS = { prioritized = 'prioritized', delayed = 'delayed', completed = 'completed',
               failed = 'failed', ['waiting-children'] = 'children' }
local NEWEST_FIRST = { completed = true, failed = true }

-- What a list needs: neither stack traces nor what the job returned.
local WANTED = {}
for _, name in ipairs(FIELDS) do
  WANTED[name] = name ~= 'stacktrace' and name ~= 'returnvalue'
end

local state, longest, most = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])

local wrong, detail = wrong_type()
if wrong then
  return { wrong, detail }
end

-- The lists as if they were one. Workers take from the right.
local function list_window(names, first, last)
  local total, ids = 0, {}
  for _, name in ipairs(names) do
    local length = redis.call('LLEN', key[name])
    local from, to = math.max(first - total, 0), math.min(last - total, length - 1)
    local found = from <= to and redis.call('LRANGE', key[name], -to - 1, -from - 1) or {}
    for i = #found, 1, -1 do
      ids[#ids + 1] = found[i]
    end
    total = total + length
  end
  return ids, total
end

local function window(first, last)
  if LISTS[state] then
    return list_window(LISTS[state], first, last)
  end
  local range = NEWEST_FIRST[state] and 'ZREVRANGE' or 'ZRANGE'
  local set = key[SETS[state]]
  return redis.call(range, set, first, last), redis.call('ZCARD', set)
end

local function is_in_a_set(id)
  for _, set in pairs(SETS) do
    if redis.call('ZSCORE', key[set], id) then
      return true
    end
  end
  return false
end

-- A moment ago it stood there. A waiting list may be long: what has a record, and no worker holds
-- and no set, is still in it. One without may have been removed, or forgotten at its end.
local function still_stands(id)
  if SETS[state] then
    return redis.call('ZSCORE', key[SETS[state]], id) ~= false
  elseif state == 'active' then
    return list_holds(key.active, id) ~= false
  elseif not has_record(base .. id) then
    return (list_holds(key.wait, id) or list_holds(key.paused, id)) == true
  end
  return redis.call('EXISTS', base .. id .. ':lock') == 0 and not is_in_a_set(id)
end

local function tell(id)
  local due
  if state == 'delayed' then
    local score = tonumber(redis.call('ZSCORE', key.delayed, id))
    due = string.format('%.0f', math.floor(score / 4096))
  end
  if not has_record(base .. id) then
    return { state, due or '', -1, {}, 0 }
  end
  return record_of(id, state, due, {}, longest, most, WANTED)
end

local ids, total, seen = {}, 0, {}
if ARGV[5] ~= '' then
  ids, total = window(tonumber(ARGV[5]), tonumber(ARGV[6]))
else
  for i = 6, #ARGV do
    if still_stands(ARGV[i]) then
      ids[#ids + 1] = ARGV[i]
    end
  end
end
local answer = { total, (exists('meta') or exists('events') or holds_jobs()) and 1 or 0 }
for _, id in ipairs(ids) do
  -- What begins with "0:" is a sign of BullMQ 3 and 4, no job.
  if not seen[id] and string.sub(id, 1, 2) ~= '0:' then
    seen[id] = true
    answer[#answer + 1] = id
    answer[#answer + 1] = #answer < 2 * TOLD + 2 and tell(id)
  end
end
return answer
