-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Pauses the queue, so that BullMQ 5 and 6 find its ids and neither loses any when it resumes.
-- ARGV: base. Answers 'more' while ids are left to move.
--@include layout.lua
--@include place.lua
--@include merge.lua

local forbidden, detail, major = layout_problem()
if forbidden then
  return { 'layout', forbidden, detail }
end
local queue = read_queue(major)
local problem = try('HSET', key.meta, 'paused', '1')
if problem then
  return { 'error', problem }
end
problem = try('DEL', key.marker)
local finished, trouble = true, nil
if major and major >= 6 then
  finished, trouble = move_paused_to_wait(queue)
elseif queue.in_paused > 0 then
  finished, trouble = move_wait_to_paused(queue)
elseif queue.in_wait > 0 then
  trouble = try('RENAME', key.wait, key.paused)
end
problem = trouble or problem
if not queue.paused then
  problem = announce(queue, 'paused') or problem
end
if problem then
  return { 'warned', problem }
end
return { finished and 'done' or 'more', '' }
