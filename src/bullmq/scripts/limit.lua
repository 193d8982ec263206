-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Sets how many jobs of the queue may run at once, and how many may begin in a time.
-- ARGV: base, then twice, as it is said to be and as it shall be: jobs at once, jobs in a time,
-- that time in ms; 0 for none. Whatever is otherwise by now is refused. Answers a word and its
-- detail.
--@include layout.lua
--@include place.lua

local FIELDS = { 'concurrency', 'max', 'duration' }
local forbidden, detail, major = layout_problem()
if forbidden then
  return { 'layout', forbidden, detail }
end

-- What is no number above 0 counts as -1.
local function number_of(field)
  local value = redis.call('HGET', key.meta, field)
  local number = value and tonumber(value)
  return number and number >= 1 and number < 1e15 and math.floor(number) or value and -1 or 0
end

for i, field in ipairs(FIELDS) do
  if number_of(field) ~= tonumber(ARGV[1 + i]) then
    return { 'changed' }
  end
end

local set, cleared = {}, {}
for i, field in ipairs(FIELDS) do
  if ARGV[4 + i] == '0' then
    cleared[#cleared + 1] = field
  else
    set[#set + 1], set[#set + 2] = field, ARGV[4 + i]
  end
end
-- Whoever may not do all of it does nothing.
local problem = #cleared > 0 and try('HDEL', key.meta, 'wd-none')
problem = problem or #set > 0 and try('HSET', key.meta, unpack(set))
problem = problem or #cleared > 0 and try('HDEL', key.meta, unpack(cleared))
if problem then
  return { 'error', problem }
end

-- A worker that slept because of the limit need not sleep to the end of its pause.
local queue = read_queue(major)
if queue.in_wait > 0 or redis.call('ZCARD', key.prioritized) > 0 then
  problem = mark_ready(queue)
end
return { problem and 'warned' or 'done', problem or '' }
