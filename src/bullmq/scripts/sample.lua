-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- The queues of sample data, and what works on them: puts jobs, takes one, finishes it, lets it
-- fail, as BullMQ 5 and its workers would. Never run but on the private Redis of a sample: it works
-- where its mark stands, and the mark is only made in a Redis that holds nothing.
-- ARGV: base, the mark, the time in ms, what to do, then what that takes.
--@include layout.lua
--@include place.lua

local mark, now, action = ARGV[2], tonumber(ARGV[3]), ARGV[4]
local mark_key = key.site .. '-sample'
local LOCK_MS = 60000
local KEPT = 200

if action == 'begin' then
  if redis.call('DBSIZE') > 0 then
    return { 'site' }
  end
  redis.call('SET', mark_key, mark)
  return { 'ok' }
end
if redis.call('GET', mark_key) ~= mark then
  return { 'site' }
end

local function text(number)
  return string.format('%.0f', number)
end

local function stack_of(reason)
  return cjson.encode({ 'Error: ' .. reason .. '\n    at process (sample/worker.js:42:11)' })
end

-- Puts a job where it has got to: ten texts.
local function put(queue, id, name, data, opts, created, state, at, priority, made, reason)
  local job = base .. id
  redis.call('HSET', job, 'name', name, 'data', data, 'opts', opts, 'timestamp', created,
             'delay', state == 'delayed' and text(at - created) or '0', 'priority', priority)
  redis.call('INCR', key.id)
  announce(queue, 'added', 'jobId', id, 'name', name)
  if tonumber(made) > 0 then
    redis.call('HSET', job, 'ats', made, 'atm', made, 'processedOn', text(at - 1000),
               'failedReason', reason, 'stacktrace', stack_of(reason))
  end
  if state == 'waiting' then
    place(queue, id, tonumber(priority), false)
    announce(queue, 'waiting', 'jobId', id)
  elseif state == 'delayed' then
    redis.call('ZADD', key.delayed, text(at * 4096), id)
    announce(queue, 'delayed', 'jobId', id, 'delay', at)
  else
    redis.call('HSET', job, 'finishedOn', at)
    redis.call('ZADD', key.failed, at, id)
  end
end

if action == 'put' then
  redis.call('HSET', key.meta, 'version', 'bullmq:5.81.5')
  local queue = read_queue(5)
  for i = 5, #ARGV, 10 do
    put(queue, unpack(ARGV, i, i + 9))
  end
  mark_ready(queue)
  mark_delayed()
  return { 'ok' }
end

-- What is due moves to where it is taken from.
local function wake_delayed(queue)
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', key.delayed, '-inf', text((now + 1) * 4096 - 1),
                                 'LIMIT', 0, 100)) do
    redis.call('ZREM', key.delayed, id)
    place(queue, id, tonumber(redis.call('HGET', base .. id, 'priority')) or 0, false)
    redis.call('HSET', base .. id, 'delay', '0')
    announce(queue, 'waiting', 'jobId', id, 'prev', 'delayed')
  end
end

-- Whether the queue's own limit lets one more begin now.
local function may_begin()
  local limit = redis.call('HMGET', key.meta, 'max', 'duration')
  local most, span = tonumber(limit[1] or ''), tonumber(limit[2] or '')
  if not most or not span then
    return true
  end
  if tonumber(redis.call('GET', key.limiter) or '0') >= most then
    return false
  end
  if redis.call('INCR', key.limiter) == 1 then
    redis.call('PEXPIRE', key.limiter, text(span))
  end
  return true
end

local function next_id()
  local id = redis.call('RPOPLPUSH', key.wait, key.active)
  if id then
    return id
  end
  local popped = redis.call('ZPOPMIN', key.prioritized)
  if popped[1] then
    redis.call('LPUSH', key.active, popped[1])
  end
  return popped[1]
end

if action == 'take' then
  local queue = read_queue(5)
  wake_delayed(queue)
  local waits = redis.call('LLEN', key.wait) + redis.call('ZCARD', key.prioritized)
  if queue.paused or queue.full or waits == 0 or not may_begin() then
    return { 'none' }
  end
  local id = next_id()
  local job = base .. id
  redis.call('SET', job .. ':lock', mark, 'PX', LOCK_MS)
  redis.call('HSET', job, 'processedOn', text(now), 'pb', 'sample')
  redis.call('HINCRBY', job, 'ats', 1)
  redis.call('RPUSH', job .. ':logs', 'The sample worker began')
  announce(queue, 'active', 'jobId', id, 'prev', 'waiting')
  local field = redis.call('HMGET', job, 'name', 'data', 'opts', 'atm')
  local options = cjson.decode(field[3] or '{}')
  return { 'ok', id, field[2] or '{}', text(options.attempts or 1), field[4] or '0' }
end

-- From here on about a job that was taken; one that was removed meanwhile is let go.
local id = ARGV[5]
local job = base .. id
local queue = read_queue(5)
redis.call('DEL', job .. ':lock')
if redis.call('LREM', key.active, 0, id) == 0 or redis.call('EXISTS', job) == 0 then
  return { 'gone' }
end
local made = redis.call('HINCRBY', job, 'atm', 1)

if action == 'finish' then
  redis.call('HSET', job, 'returnvalue', ARGV[6], 'finishedOn', text(now))
  redis.call('ZADD', key.completed, text(now), id)
  announce(queue, 'completed', 'jobId', id, 'returnvalue', ARGV[6], 'prev', 'active')
  for _, old in ipairs(redis.call('ZRANGE', key.completed, 0, -KEPT - 1)) do
    redis.call('ZREM', key.completed, old)
    redis.call('DEL', base .. old, base .. old .. ':logs')
  end
  return { 'ok' }
end

-- It fails: for good with its last attempt, else it waits, longer each time.
local reason, attempts, backoff = ARGV[6], tonumber(ARGV[7]), tonumber(ARGV[8])
redis.call('HSET', job, 'failedReason', reason, 'stacktrace', stack_of(reason))
if made < attempts then
  local delay = backoff * 2 ^ (made - 1)
  redis.call('HSET', job, 'delay', text(delay))
  redis.call('ZADD', key.delayed, text((now + delay) * 4096), id)
  announce(queue, 'delayed', 'jobId', id, 'delay', text(now + delay))
  return { 'ok' }
end
redis.call('HSET', job, 'finishedOn', text(now))
redis.call('ZADD', key.failed, text(now), id)
announce(queue, 'failed', 'jobId', id, 'failedReason', reason, 'prev', 'active')
announce(queue, 'retries-exhausted', 'jobId', id, 'attemptsMade', made)
return { 'ok' }
