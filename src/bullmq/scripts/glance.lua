-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- In which states jobs are, as far as their records and the sets tell: that takes no longer where
-- lists are long. Writes nothing.
-- ARGV: base, then three texts a job: id, and the earliest and latest time at which it was made, in
-- milliseconds; '0' for any. Answers a word for each; 'missing' without a record, also where
-- another job bears the id, 'unknown' where it is in none of the sets; with 'completed'
-- when that was, in milliseconds.
--@include layout.lua
--@include state.lua

local sets = { { key.completed, 'completed' }, { key.failed, 'failed' },
               { key.delayed, 'delayed' }, { key.prioritized, 'prioritized' },
               { key.children, 'waiting-children' } }

local function glance(id, since, till)
  if redis.call('EXISTS', base .. id) == 0 or bears_another(id, since, till) then
    return 'missing'
  end
  for _, set in ipairs(sets) do
    local score = redis.call('ZSCORE', set[1], id)
    if score and set[2] == 'completed' then
      return string.format('completed %.0f', tonumber(score))
    elseif score then
      return set[2]
    end
  end
  return 'unknown'
end

local answer = {}
for i = 2, #ARGV, 3 do
  answer[#answer + 1] = glance(ARGV[i], ARGV[i + 1], ARGV[i + 2])
end
return answer
