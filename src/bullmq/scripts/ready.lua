-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Shared: since when the job waits that waits longest for a worker. So many jobs at most are
-- looked at: the next ones and the last one of each waiting list, the first ones of each priority;
-- where these do not tell, as many more as it takes to halve a list until one does.
-- Needs layout.lua.

local NEXT = 10
local EVENTS = 100
local MORE_EVENTS = 500
local MOMENT = 1000
local OF_PRIORITY = 3
local PRIORITIES = 16
local PRIORITY_STEP = 4294967296

-- 0 where Redis does not tell the time to everybody: then nothing is overdue.
local clock = redis.pcall('TIME')
local now = clock.err and 0 or clock[1] * 1000 + math.floor(clock[2] / 1000)

local function fields_of(id, ...)
  if redis.call('TYPE', base .. id).ok ~= 'hash' then
    return {}
  end
  return redis.call('HMGET', base .. id, ...)
end

local function is_marker(id)
  return string.sub(id, 1, 2) == '0:'
end

-- When each job was last told to wait, and when the first thing happened that is looked at;
-- whether there is more behind that, and whether the answer of a job was no more than that time.
local told, told_from, told_more, unsure
local function look_at_events(count)
  local entries = redis.call('XREVRANGE', key.events, '+', '-', 'COUNT', count)
  told = {}
  told_more = #entries == count
  for _, entry in ipairs(entries) do
    local field = {}
    for i = 1, #entry[2], 2 do
      field[entry[2][i]] = entry[2][i + 1]
    end
    told_from = tonumber(string.match(entry[1], '^%d+'))
    if field.event == 'waiting' and field.jobId and not told[field.jobId] then
      told[field.jobId] = told_from
    end
  end
end

local function delay_of(opts)
  local readable, decoded = pcall(cjson.decode, opts or '{}')
  return readable and type(decoded) == 'table' and tonumber(decoded.delay) or 0
end

local function had_children(id)
  return redis.call('EXISTS', base .. id .. ':processed', base .. id .. ':failed',
                    base .. id .. ':unsuccessful') > 0
end

-- When a job could first have been taken: a delay counts from when it was made, and one that has
-- run before could not be taken again before that. A retry takes away when it ran, and of a parent
-- nothing says when its children ended; then the events tell, or that they no longer do: it has
-- waited for as long as they reach back, at least.
local function ready_since(id)
  local field = fields_of(id, 'timestamp', 'opts', 'processedOn', 'ats', 'atm', 'attemptsMade')
  local made = tonumber(field[1])
  if not made then
    return nil
  end
  local delay = delay_of(field[2])
  local ran = tonumber(field[3])
  local again = ran or (tonumber(field[4] or field[5] or field[6]) or 0) > 0 or had_children(id)
  if delay <= 0 and not again then
    return made
  end
  if not told then
    look_at_events(EVENTS)
  end
  if told[id] then
    return told[id]
  end
  local since = math.max(made + delay, ran or 0)
  if (ran or not again) and since <= (told_from or math.huge) then
    return since
  end
  unsure = true
  return told_from
end

local function earlier(oldest, ids)
  for _, id in ipairs(ids) do
    local since = not is_marker(id) and ready_since(id)
    if since and (not oldest or since < oldest) then
      oldest = since
    end
  end
  return oldest
end

local function of_priority(lowest)
  return redis.call('ZRANGEBYSCORE', key.prioritized, string.format('%.0f', lowest), '+inf',
                    'WITHSCORES', 'LIMIT', 0, OF_PRIORITY)
end

local function priority_of(score)
  return math.floor(tonumber(score) / PRIORITY_STEP) * PRIORITY_STEP
end

-- The score is the priority, and then the order in which they came: the most urgent one is not the
-- one that waits longest, but the first of a priority is nearly always its oldest. Calls `visit`
-- with the first jobs of a priority, and its score.
local function each_priority(visit)
  local last = redis.call('ZREVRANGE', key.prioritized, 0, 0, 'WITHSCORES')[2]
  if not last then
    return
  end
  local lowest = priority_of(redis.call('ZRANGE', key.prioritized, 0, 0, 'WITHSCORES')[2])
  local seen = 0
  while lowest do
    local found = of_priority(lowest)
    local ids = {}
    for i = 1, #found, 2 do
      ids[#ids + 1] = found[i]
    end
    visit(ids, lowest)
    seen = seen + 1
    -- Of more priorities than are looked at it is the last whose jobs are never taken.
    local next_one = priority_of(found[2]) + PRIORITY_STEP
    if seen == PRIORITIES then
      next_one = math.max(next_one, priority_of(last))
    end
    lowest = seen <= PRIORITIES and of_priority(next_one)[2]
    lowest = lowest and priority_of(lowest)
  end
end

local function oldest_of_first()
  local oldest
  for _, list in ipairs({ key.wait, key.paused }) do
    oldest = earlier(oldest, redis.call('LRANGE', list, -NEXT, -1))
    oldest = earlier(oldest, redis.call('LRANGE', list, 0, 0))
  end
  each_priority(function(ids)
    oldest = earlier(oldest, ids)
  end)
  return oldest
end

-- Jobs that were retried at once stand side by side, and those that came later behind them: what
-- waits before the first one that tells waits at least as long. `id_at` counts from 0, the next.
local function earlier_by_halves(oldest, n, id_at)
  local low, high = 0, n - 1
  while low <= high do
    local middle = math.floor((low + high) / 2)
    local id = id_at(middle)
    local since = id and not is_marker(id) and ready_since(id)
    if since and since ~= told_from then
      oldest = math.min(oldest or since, since)
      high = middle - 1
    else
      low = middle + 1
    end
  end
  return oldest
end

local function oldest_by_halves(oldest)
  for _, list in ipairs({ key.wait, key.paused }) do
    oldest = earlier_by_halves(oldest, redis.call('LLEN', list), function(i)
      return redis.call('LINDEX', list, -1 - i)
    end)
  end
  each_priority(function(_, lowest)
    local before = redis.call('ZCOUNT', key.prioritized, '-inf', string.format('(%.0f', lowest))
    local upto = string.format('(%.0f', lowest + PRIORITY_STEP)
    local n = redis.call('ZCOUNT', key.prioritized, '-inf', upto) - before
    oldest = earlier_by_halves(oldest, n, function(i)
      return redis.call('ZRANGE', key.prioritized, before + i, before + i)[1]
    end)
  end)
  return oldest
end

local function find_oldest()
  unsure = false
  local oldest = oldest_of_first()
  return unsure and oldest_by_halves(oldest) or oldest
end

-- In milliseconds; nil where none waits, or of those that do nothing tells since when. A queue
-- where much happens soon forgets when its jobs were told to wait; those that tell by themselves
-- were made a moment before that, and may be no older.
local function oldest_ready()
  local oldest = find_oldest()
  if unsure and told_more and not (oldest and oldest < told_from - MOMENT) then
    look_at_events(MORE_EVENTS)
    oldest = find_oldest()
  end
  return oldest
end

-- The score in `delayed` of what is due a minute ago: a living worker would have seen it by then.
local function overdue_score()
  return string.format('%.0f', (now - 60000) * 4096)
end

local function time_text(ms)
  return ms and ms > 0 and string.format('%.0f', ms) or ''
end
