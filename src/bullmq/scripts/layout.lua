-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Shared: the keys, and whether the queue is one we may write to.
-- Every script gets the same KEYS and, as ARGV[1], what all keys of the queue begin with.

local key = {
  meta = KEYS[1], id = KEYS[2], wait = KEYS[3], paused = KEYS[4], active = KEYS[5],
  prioritized = KEYS[6], pc = KEYS[7], delayed = KEYS[8], completed = KEYS[9], failed = KEYS[10],
  children = KEYS[11], marker = KEYS[12], events = KEYS[13], stalled = KEYS[14],
  limiter = KEYS[15], schedulers = KEYS[16], priority = KEYS[17], site = KEYS[18],
}
local types = {
  'hash', 'string', 'list', 'list', 'list', 'zset', 'string', 'zset', 'zset', 'zset', 'zset',
  'zset', 'stream', 'set', 'string', 'zset',
}
local base = ARGV[1]

local function exists(name)
  return redis.call('EXISTS', key[name]) == 1
end

-- The signs of BullMQ 3 and 4 are ids that begin with "0:" at an end of the waiting list.
local function has_old_marker(list)
  for _, index in ipairs({ 0, -1 }) do
    local id = redis.call('LINDEX', list, index)
    if id and string.sub(id, 1, 2) == '0:' then
      return true
    end
  end
  return false
end

-- How the job that finished last counted its attempts: 'modern', 'old' or nil.
local function attempts_style()
  local newest, newest_score
  for _, set in ipairs({ key.completed, key.failed }) do
    local found = redis.call('ZREVRANGE', set, 0, 0, 'WITHSCORES')
    if found[1] and (not newest or tonumber(found[2]) > newest_score) then
      newest, newest_score = found[1], tonumber(found[2])
    end
  end
  if not newest or redis.call('TYPE', base .. newest).ok ~= 'hash' then
    return nil
  end
  local counted = redis.call('HMGET', base .. newest, 'ats', 'atm', 'attemptsMade')
  if counted[1] or counted[2] then
    return 'modern'
  end
  return counted[3] and 'old' or nil
end

-- BullMQ 5 and later say of a finished job where it came from.
local function events_are_modern()
  for _, entry in ipairs(redis.call('XREVRANGE', key.events, '+', '-', 'COUNT', 100)) do
    local field = {}
    for i = 1, #entry[2], 2 do
      field[entry[2][i]] = entry[2][i + 1]
    end
    if field.prev and (field.event == 'completed' or field.event == 'failed') then
      return true
    end
  end
  return false
end

local function holds_jobs()
  for _, name in ipairs({ 'wait', 'paused', 'active', 'prioritized', 'delayed', 'completed',
                          'failed', 'children' }) do
    if exists(name) then
      return true
    end
  end
  return false
end

-- A queue whose meta names no BullMQ of 5 or 6: by other libraries, or by nobody yet.
local function unversioned_problem(version)
  -- Whatever counts an id in BullMQ writes both; in Bull the counter is all that stays of a queue
  -- whose jobs are removed when they end.
  if (holds_jobs() or exists('id')) and not exists('meta') and not exists('events') then
    return 'foreign', ''
  end
  local style = attempts_style()
  if exists('marker') or style == 'modern' or events_are_modern() then
    return nil
  end
  if style == 'old' then
    return 'attempts', ''
  end
  if version and holds_jobs() then
    return 'old', version
  end
  return nil
end

-- Returns a word and the key that is no BullMQ's; nil when each is of the kind it should be.
local function wrong_type()
  for i, wanted in ipairs(types) do
    local found = redis.call('TYPE', KEYS[i]).ok
    if found ~= 'none' and found ~= wanted then
      return 'wrongtype', KEYS[i] .. ' ' .. found
    end
  end
  return nil
end

-- Returns why the queue must not be written to (a word and its detail; nil when it may be),
-- and the major version that meta names.
local function layout_problem()
  local wrong, key_and_type = wrong_type()
  if wrong then
    return wrong, key_and_type
  end
  if exists('priority') then
    return 'priority', ''
  end
  local version = redis.call('HGET', key.meta, 'version')
  local library, major
  if version then
    library, major = string.match(version, '^([^:]*):(%d+)%.')
    major = tonumber(major)
    if library ~= 'bullmq' or not major or major > 6 then
      return 'unknown', version
    end
    if major == 3 or major == 4 then
      return 'old', version
    end
  end
  if has_old_marker(key.wait) or has_old_marker(key.paused) then
    return 'zero', ''
  end
  if major and major >= 5 then
    return nil, nil, major
  end
  local word, detail = unversioned_problem(version)
  return word, detail, nil
end
