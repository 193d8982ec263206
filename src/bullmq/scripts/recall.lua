-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What the records of some jobs say, for their rows. Writes nothing.
-- ARGV: base, largest data to be told, longest other text, ids.
-- Answers for each job that has a record a list of texts, else ''.
--@include layout.lua

local largest, longest = tonumber(ARGV[2]), tonumber(ARGV[3])

local function recall(job)
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
  return found
end

local answer = {}
for i = 4, #ARGV do
  answer[i - 3] = recall(base .. ARGV[i])
end
return answer
