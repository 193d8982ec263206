-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- A window of one container: ids, and what is known of each. Writes nothing.
-- ARGV: base, container, first, last place.
-- Answers the time in ms, then an id, its facts, and '1' where it stands among the completed too.
--
-- Lists are read from the left, where ids are pushed: what is taken from the right meanwhile, or
-- comes in at the left, makes an id appear twice but never hides one.
--@include layout.lua
--@include places.lua

local container = key[ARGV[2]]
local found = redis.call('TYPE', container).ok
local ids = {}
if found == 'list' then
  ids = redis.call('LRANGE', container, ARGV[3], ARGV[4])
elseif found == 'zset' then
  ids = redis.call('ZREVRANGE', container, ARGV[3], ARGV[4])
elseif found ~= 'none' then
  return { 'wrongtype' }
end
local completed = redis.call('TYPE', key.completed).ok == 'zset'
local answer = { now() }
for _, id in ipairs(ids) do
  answer[#answer + 1] = id
  answer[#answer + 1] = facts_of(id)
  answer[#answer + 1] = completed and redis.call('ZSCORE', key.completed, id) and '1' or ''
end
return answer
