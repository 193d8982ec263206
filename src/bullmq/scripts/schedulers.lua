-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Schedulers of the queue, those that run first first. Writes nothing.
-- ARGV: base, longest text, then how many, and the time and key of the last one that was seen (''
-- at the beginning); or 'one', a key, and the ids its next job may have besides the usual one.
-- Answers the time in ms, how many there are in all, then a list for each.
--@include layout.lua
--@include places.lua
--@include state.lua
--@include scheduler.lua

local longest = tonumber(ARGV[2])
-- Nearly all are found without looking through a list; of the others it is not worth waiting for.
looks_left = 100000

if redis.call('TYPE', key.schedulers).ok ~= 'zset' then
  return { now(), 0 }
end

-- The place after the last one seen: it may have run since, and stands further on then.
local function first_place(time, sid)
  if time == '' then
    return 0
  end
  local score = redis.call('ZSCORE', key.schedulers, sid)
  if score and whole(score) == time then
    return redis.call('ZRANK', key.schedulers, sid) + 1
  end
  return redis.call('ZCOUNT', key.schedulers, '-inf', '(' .. time)
end

-- Where a job stands. One without a record stands nowhere: a worker would run nothing of it.
local function stand_of(id)
  if redis.call('ZSCORE', key.delayed, id) then
    return 'delayed'
  elseif redis.call('EXISTS', base .. id) == 0 then
    return 'missing'
  elseif redis.call('EXISTS', base .. id .. ':lock') == 1 then
    return 'active'
  end
  return (state_of(id))
end

-- How many jobs a job of the scheduler is, as itself says: the first of them no worker has made.
local function count_of(options)
  local good, decoded = pcall(cjson.decode, options or '')
  local again = good and type(decoded) == 'table' and decoded['repeat']
  return type(again) == 'table' and tonumber(again.count) or 0
end

local function describe(sid, score, others)
  local name = definition_key(sid)
  local definition = definition_of(name)
  local item = { sid, whole(score), name and '1' or '', digest_of(definition),
                 name and redis.call('HGET', name, 'ic') or '' }
  for i = 1, N_SHORT do
    item[#item + 1] = string.sub(definition[i] or '', 1, 1024)
  end
  for i = N_SHORT + 1, #DEFINING do
    item[#item + 1] = string.sub(definition[i] or '', 1, longest)
    item[#item + 1] = tostring(#(definition[i] or ''))
  end
  local id = 'repeat:' .. sid .. ':' .. whole(score)
  local stand = stand_of(id)
  for _, other in ipairs(others) do
    if stand == 'missing' then
      id = 'repeat:' .. other .. ':' .. whole(score)
      stand = stand_of(id)
    end
  end
  local job = stand ~= 'missing' and redis.pcall('HMGET', base .. id, 'timestamp', 'processedOn',
                                                 'opts') or {}
  item[#item + 1] = id
  item[#item + 1] = stand
  item[#item + 1] = job[1] or ''
  item[#item + 1] = job[2] or ''
  item[#item + 1] = tostring(count_of(job[3]))
  return item
end

local answer = { now(), redis.call('ZCARD', key.schedulers) }
if ARGV[3] == 'one' then
  local score = redis.call('ZSCORE', key.schedulers, ARGV[4])
  answer[3] = score and describe(ARGV[4], score, { unpack(ARGV, 5) }) or nil
  return answer
end
local first = first_place(ARGV[4], ARGV[5])
local found = redis.call('ZRANGE', key.schedulers, first, first + tonumber(ARGV[3]) - 1,
                         'WITHSCORES')
for i = 1, #found, 2 do
  answer[#answer + 1] = describe(found[i], found[i + 1], {})
end
return answer
