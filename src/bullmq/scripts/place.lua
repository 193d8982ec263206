-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Shared: where a job goes so that a worker of BullMQ 5 or 6 finds it.
-- A script that raised an error half way would hide what it wrote before: so all that is read of
-- the queue is read before the first write, and writes answer their errors instead of raising them.

-- More ids than this are not moved in one call, so that other clients need not wait.
local MOST_MOVED = 5000

-- Calls a command. Returns the text of its error, or nil, and its answer.
local function try(command, ...)
  local reply = redis.pcall(command, ...)
  if type(reply) == 'table' and reply.err then
    return command .. ': ' .. reply.err
  end
  return nil, reply
end

-- The list for a job without priority: BullMQ 5 keeps the ids of a paused queue in `paused`, 6 in
-- `wait`. Whichever holds ids gets the new one: with both filled, resuming with 5 loses `wait`.
local function read_queue(major)
  local queue = { major = major }
  queue.paused = redis.call('HEXISTS', key.meta, 'paused') == 1
  queue.in_wait = redis.call('LLEN', key.wait)
  queue.in_paused = redis.call('LLEN', key.paused)
  queue.both = queue.in_wait > 0 and queue.in_paused > 0
  local newer = queue.in_wait > 0 or (major and major >= 6)
  queue.list = queue.paused and (queue.in_paused > 0 or not newer) and key.paused or key.wait
  local most = tonumber(redis.call('HGET', key.meta, 'concurrency') or '')
  queue.full = most ~= nil and redis.call('LLEN', key.active) >= most
  queue.kept = redis.call('HGET', key.meta, 'opts.maxLenEvents')
  return queue
end

-- Appends one event; the texts are its fields. Returns an error's text, or nil.
local function announce(queue, ...)
  if not queue.kept then
    queue.kept = '10000'
    try('HSET', key.meta, 'opts.maxLenEvents', queue.kept)
  end
  return (try('XADD', key.events, 'MAXLEN', '~', queue.kept, '*', 'event', ...))
end

-- Moves the ids of `wait` behind those of `paused`, in order. Returns whether all were moved, and
-- an error's text.
local function move_wait_to_paused(queue)
  for _ = 1, math.min(queue.in_wait, MOST_MOVED) do
    local problem = try('RPOPLPUSH', key.wait, key.paused)
    if problem then
      return false, problem
    end
  end
  return queue.in_wait <= MOST_MOVED
end

-- A paused queue with both lists filled is healed before anything is added to it. Returns why that
-- was not done: 'both' when it would take too long, an error's text, or nil.
local function heal(queue)
  if not queue.paused or not queue.both then
    return nil
  end
  if queue.in_wait > MOST_MOVED then
    return 'both'
  end
  local _, problem = move_wait_to_paused(queue)
  queue.both = problem ~= nil
  return problem
end

-- Puts an id where it waits; returns an error's text, or nil.
local function place(queue, id, priority, lifo)
  if priority == 0 then
    return (try(lifo and 'RPUSH' or 'LPUSH', queue.list, id))
  end
  local problem, count = try('INCR', key.pc)
  if problem then
    return problem
  end
  local score = string.format('%.0f', priority * 4294967296 + count % 4294967296)
  return (try('ZADD', key.prioritized, score, id))
end

-- Workers sleep until the first due time that `marker` names, also while paused.
local function mark_delayed()
  local problem, first = try('ZRANGE', key.delayed, 0, 0, 'WITHSCORES')
  if problem or not first[2] then
    return problem
  end
  local due = string.format('%.0f', math.floor(tonumber(first[2]) / 4096))
  return (try('ZADD', key.marker, due, '1'))
end

-- Wakes a worker, unless the queue may start nothing now.
local function mark_ready(queue)
  if queue.paused or queue.full then
    return nil
  end
  return (try('ZADD', key.marker, 0, '0'))
end

-- Runs the function and answers a raised error as 'error' and its text: it raises none after its
-- first write.
local function answer_of(job, ...)
  local good, word, why = pcall(job, ...)
  if good then
    return word, why
  end
  return 'error', type(word) == 'table' and word.err or tostring(word)
end
