-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Where jobs stand at this moment. Writes nothing.
-- ARGV: base, how many ids of lists may be looked at ('' to look into no list), ids.
-- Answers the time in ms, then for each job the names of its places, its facts, and '1' where a
-- worker holds its lock. Of jobs that it did not get to there is no answer: ask again for those.
--@include layout.lua
--@include places.lua

local most = tonumber(ARGV[2])
local each = 0
if most then
  for name in pairs(LISTS) do
    each = each + redis.call('LLEN', key[name])
  end
end
local answer, looked = { now() }, 0
for i = 3, #ARGV do
  if most and i > 3 and looked + each > most then
    break
  end
  looked = looked + each
  local id = ARGV[i]
  local counts, places = count_places(id, most ~= nil), {}
  for _, name in ipairs(CONTAINERS) do
    for _ = 1, counts[name] do
      places[#places + 1] = name
    end
  end
  answer[#answer + 1] = table.concat(places, ' ')
  answer[#answer + 1] = facts_of(id)
  answer[#answer + 1] = redis.call('EXISTS', base .. id .. ':lock') == 1 and '1' or ''
end
return answer
