-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Takes out of a queue an id that has no record, or all but one of the places of an id that has
-- several. Nothing else is touched, and no record is ever removed.
-- ARGV: base, id. Answers 'done' and where it was, or a word for why not.
--@include layout.lua
--@include place.lua
--@include places.lua

local id = ARGV[2]
local forbidden, detail, major = layout_problem()
if forbidden then
  return { 'layout', forbidden, detail }
end
local queue = read_queue(major)
local counts, total, there = count_places(id, true), 0, {}
for _, name in ipairs(CONTAINERS) do
  total = total + counts[name]
  there[#there + 1] = counts[name] > 0 and name or nil
end
local orphan = redis.call('EXISTS', base .. id) == 0
if total == 0 then
  return { 'gone' }
elseif not orphan and total == 1 then
  return { 'single' }
elseif orphan and redis.call('EXISTS', base .. id .. ':lock') == 1 then
  return { 'locked' }
end

-- The place that stays: where it runs, else where it ended, else where it runs next. So a job that
-- ended does not run again, and one that is to run does so once.
local kept
if not orphan then
  for _, name in ipairs({ 'active', 'completed', 'failed', 'wait', 'paused', 'prioritized',
                          'delayed', 'children' }) do
    kept = kept or counts[name] > 0 and name or nil
  end
end
local function take_out(name, n)
  if LISTS[name] then
    return (try('LREM', key[name], n, id))
  end
  return (try('ZREM', key[name], id))
end
for _, name in ipairs(there) do
  local problem
  if name ~= kept then
    problem = take_out(name, 0)
  elseif counts[name] > 1 then
    problem = take_out(name, counts[name] - 1)
  end
  if problem then
    return { 'error', problem }
  end
end
if orphan then
  try('SREM', key.stalled, id)
  announce(queue, 'removed', 'jobId', id, 'prev', there[1])
end
return { 'done', table.concat(there, ', ') }
