-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- In which states jobs are, as far as their records and the sets tell: that takes no longer where
-- lists are long. Writes nothing.
-- ARGV: base, ids. Answers a word for each; 'missing' without a record, 'unknown' where it is in
-- none of the sets.
--@include layout.lua

local sets = { { key.completed, 'completed' }, { key.failed, 'failed' },
               { key.delayed, 'delayed' }, { key.prioritized, 'prioritized' },
               { key.children, 'waiting-children' } }

local function glance(id)
  if redis.call('EXISTS', base .. id) == 0 then
    return 'missing'
  end
  for _, set in ipairs(sets) do
    if redis.call('ZSCORE', set[1], id) then
      return set[2]
    end
  end
  return 'unknown'
end

local answer = {}
for i = 2, #ARGV do
  answer[#answer + 1] = glance(ARGV[i])
end
return answer
