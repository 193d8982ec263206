-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- In which states jobs are. Writes nothing.
-- ARGV: base, then three texts a job: id, and the earliest and latest time at which it was made, in
-- milliseconds; '0' for any. Answers a word for each; 'missing' for one BullMQ does not hold, also
-- where another job bears the id; 'orphan' for a record that no worker will find, and 'unknown' for
-- one that was not found but may be run all the same.
--@include layout.lua
--@include state.lua

local forbidden

-- Whether the record, which stands in no list, can be run by nobody. BullMQ moves a job from one
-- list to the next within one script, so none is between two of them now. But its worker may still
-- hold it, or have held it last; it may be over; and a queue that is not laid out as ours may keep
-- jobs elsewhere, as groups do.
local function is_orphan(id)
  if forbidden == nil then
    forbidden = layout_problem() ~= nil
  end
  if forbidden or redis.call('EXISTS', base .. id .. ':lock') == 1
     or redis.call('EXISTS', base .. 'groups') == 1
     or redis.call('SISMEMBER', key.stalled, id) == 1 then
    return false
  end
  local field = redis.pcall('HMGET', base .. id, 'finishedOn', 'ats', 'atm', 'gid', 'opts')
  if field.err or field[1] or field[4] or string.find(field[5] or '', '"group"', 1, true) then
    return false
  end
  return (tonumber(field[2] or '0') or 1) <= (tonumber(field[3] or '0') or 0)
end

local answer = {}
for i = 2, #ARGV, 3 do
  local state = state_or_missing(ARGV[i])
  if state ~= 'missing' and bears_another(ARGV[i], ARGV[i + 1], ARGV[i + 2]) then
    state = 'missing'
  end
  if state == 'unknown' and is_orphan(ARGV[i]) then
    state = 'orphan'
  end
  answer[#answer + 1] = state == 'unsure' and 'unknown' or state
end
return answer
