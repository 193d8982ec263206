-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Takes a scheduler out of the queue, and its next job with it while that is delayed, as BullMQ
-- does. One that waits for a worker already, or runs, is let alone: it makes no further one. (Those
-- of old would: removing them is not asked for then.)
-- ARGV: base, site id, the scheduler's key, when its next job falls due, the digest of what defines
-- it, the id of its next job, and '1' where that is delayed: whatever is otherwise by now is
-- refused. Answers a word and its detail.
--@include layout.lua
--@include place.lua
--@include release.lua
--@include scheduler.lua

local sid, time, digest, id, delayed = ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7] == '1'

if redis.call('GET', key.site) ~= ARGV[2] then
  return { 'site' }
end
local forbidden, detail, major = layout_problem()
if forbidden then
  return { 'layout', forbidden, detail }
end
local queue = read_queue(major)
local score = redis.call('ZSCORE', key.schedulers, sid)
local name = definition_key(sid)
if not score then
  return { 'gone' }
elseif digest_of(definition_of(name)) ~= digest then
  return { 'changed' }
elseif whole(score) ~= time
       or (redis.call('ZSCORE', key.delayed, id) and true or false) ~= delayed then
  return { 'moved' }
end
local job = base .. id
local lock = redis.call('EXISTS', job .. ':lock') == 1
local deduplication = redis.call('TYPE', job).ok == 'hash' and redis.call('HGET', job, 'deid')
if delayed and lock then
  return { 'moved' }
end

-- Whoever may not do all of it does nothing.
local problem = try('DEL', base .. 'wd-receipt:') or try('ZREM', key.schedulers, job .. ':none')
if problem then
  return { 'error', problem }
end

problem = delayed and try('ZREM', key.delayed, id)
if problem then
  return { 'error', problem }
end
local trouble = try('ZREM', key.schedulers, sid)
trouble = name and try('DEL', name) or trouble
if delayed then
  trouble = deduplication and release(id, deduplication) or trouble
  trouble = try('DEL', job, job .. ':logs', job .. ':dependencies', job .. ':processed',
                job .. ':failed', job .. ':unsuccessful') or trouble
  trouble = announce(queue, 'removed', 'jobId', id, 'prev', 'delayed') or trouble
end
return { trouble and 'warned' or 'done', trouble or '' }
