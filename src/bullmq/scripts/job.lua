-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- One job in full, its texts cut to a length each. Writes nothing.
-- ARGV: base, id, longest text, lines of its log.
-- Answers what record.lua tells of it; without a record its state alone.
--@include layout.lua
--@include state.lua
--@include record.lua

local id, longest = ARGV[2], tonumber(ARGV[3])
local job = base .. id

local state, due = state_of(id)
state = state == 'unsure' and 'unknown' or state
if not has_record(job) then
  return { state == 'unknown' and 'missing' or state, due or '', -1, {}, 0 }
end
local log = redis.call('LRANGE', job .. ':logs', -tonumber(ARGV[4]), -1)
for i, line in ipairs(log) do
  log[i] = string.sub(line, 1, 4096)
end
return record_of(id, state, due, log, longest, math.huge, nil)
