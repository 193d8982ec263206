-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Resumes the queue. The ids of both waiting lists run, those of `paused` first; the queue stays
-- paused until that list is empty.
-- ARGV: base. Answers 'more' while ids are left to move.
--@include layout.lua
--@include place.lua
--@include merge.lua

local forbidden, detail, major = layout_problem()
if forbidden then
  return { 'layout', forbidden, detail }
end
local queue = read_queue(major)
local prioritized = exists('prioritized')
local finished, problem = move_paused_to_wait(queue)
if problem then
  return { 'error', problem }
end
if not finished then
  return { 'more', '' }
end
local was_paused = queue.paused
problem = try('HDEL', key.meta, 'paused')
if problem then
  return { 'error', problem }
end
queue.paused = false
if queue.in_wait + queue.in_paused > 0 or prioritized then
  problem = mark_ready(queue)
end
problem = mark_delayed() or problem
if was_paused then
  problem = announce(queue, 'resumed') or problem
end
if problem then
  return { 'warned', problem }
end
return { 'done', '' }
