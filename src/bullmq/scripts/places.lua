-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Shared: everywhere a job's id stands, and what its record says of its age.

local CONTAINERS = { 'wait', 'paused', 'active', 'prioritized', 'delayed', 'children', 'failed',
                     'completed' }
local LISTS = { wait = true, paused = true, active = true }

-- How often the id stands in a list.
local function count_in_list(list, id)
  local found = redis.pcall('LPOS', list, id, 'COUNT', 0)
  if type(found) == 'table' and not found.err then
    return #found
  end
  -- Redis before 6.0.6 has no LPOS.
  local n = 0
  for _, other in ipairs(redis.call('LRANGE', list, 0, -1)) do
    n = n + (other == id and 1 or 0)
  end
  return n
end

-- Returns a number for each container; lists are looked through only if told to.
local function count_places(id, with_lists)
  local n = {}
  for _, name in ipairs(CONTAINERS) do
    if not LISTS[name] then
      n[name] = redis.call('ZSCORE', key[name], id) and 1 or 0
    else
      n[name] = with_lists and count_in_list(key[name], id) or 0
    end
  end
  return n
end

-- Returns when it was made and when it last began or ended, both in ms, attempts made and started;
-- the empty text for a job without a record.
local function facts_of(id)
  local found = redis.pcall('HMGET', base .. id, 'timestamp', 'processedOn', 'finishedOn', 'atm',
                            'attemptsMade', 'ats')
  if found.err then
    return ''
  end
  if not (found[1] or found[2] or found[3]) and redis.call('EXISTS', base .. id) == 0 then
    return ''
  end
  return (found[1] or '0') .. ' ' .. (found[3] or found[2] or '0') .. ' '
         .. (found[5] or found[4] or '0') .. ' ' .. (found[6] or '0')
end

local function now()
  local time = redis.call('TIME')
  return time[1] .. string.format('%03d', math.floor(tonumber(time[2]) / 1000))
end
