-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- One job in full, its texts cut to a length each. Writes nothing.
-- ARGV: base, id, longest text, lines of its log.
-- Answers state, due time, lock, log lines, then each field of the list below with its full size.
--@include layout.lua
--@include state.lua

local id, longest = ARGV[2], tonumber(ARGV[3])
local job = base .. id
local fields = { 'name', 'data', 'opts', 'timestamp', 'delay', 'priority', 'processedOn',
                 'finishedOn', 'ats', 'atm', 'attemptsMade', 'progress', 'failedReason',
                 'stacktrace' }

local state, due = state_of(id)
state = state == 'unsure' and 'unknown' or state
if redis.call('EXISTS', job) == 0 then
  return { state == 'unknown' and 'missing' or state, due or '', -1, {} }
end
local log = redis.call('LRANGE', job .. ':logs', -tonumber(ARGV[4]), -1)
for i, line in ipairs(log) do
  log[i] = string.sub(line, 1, 4096)
end
local answer = { state, due or '', redis.call('PTTL', job .. ':lock'), log }
for _, name in ipairs(fields) do
  local value = redis.call('HGET', job, name)
  answer[#answer + 1] = value and string.sub(value, 1, longest)
  answer[#answer + 1] = value and #value or -1
end
return answer
