-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What the records of some jobs say, for their rows. Writes nothing.
-- ARGV: base, largest data to be told, longest other text, ids.
-- Answers the id of the last event, then for each job that has a record a list of texts, else ''.
--@include layout.lua

local largest, longest = tonumber(ARGV[2]), tonumber(ARGV[3])

-- Of lists only the active one: it alone has locks.
local function place_of(job, id)
  for _, name in ipairs({ 'failed', 'completed', 'delayed', 'prioritized', 'children' }) do
    if redis.call('ZSCORE', key[name], id) then
      return name
    end
  end
  return redis.call('EXISTS', job .. ':lock') == 1 and 'active' or ''
end

local function recall(job, id)
  if redis.call('TYPE', job).ok ~= 'hash' then
    return ''
  end
  local large = redis.call('HSTRLEN', job, 'data') > largest
  local reason = redis.call('HSTRLEN', job, 'failedReason') <= largest and 'failedReason' or ''
  local found = redis.call('HMGET', job, 'name', large and '' or 'data', 'opts', reason,
                           'timestamp', 'processedOn', 'finishedOn', 'atm', 'attemptsMade', 'rjk')
  found[4] = found[4] and string.sub(found[4], 1, longest)
  found[11] = redis.call('HEXISTS', job, 'returnvalue')
  found[12] = large and 1 or 0
  found[13] = place_of(job, id)
  return found
end

local last = redis.pcall('XREVRANGE', key.events, '+', '-', 'COUNT', 1)
local answer = { last[1] and last[1][1] or '0-0' }
for i = 4, #ARGV do
  answer[i - 2] = recall(base .. ARGV[i], ARGV[i])
end
return answer
