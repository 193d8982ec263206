-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- In which states jobs are. Writes nothing.
-- ARGV: base, then three texts a job: id, and the earliest and latest time at which it was made, in
-- milliseconds; '0' for any. Answers a word for each; 'missing' for one BullMQ does not hold, also
-- where another job bears the id.
--@include layout.lua
--@include state.lua

local answer = {}
for i = 2, #ARGV, 3 do
  local state = state_or_missing(ARGV[i])
  if state ~= 'missing' and bears_another(ARGV[i], ARGV[i + 1], ARGV[i + 2]) then
    state = 'missing'
  end
  answer[#answer + 1] = state == 'unsure' and 'unknown' or state
end
return answer
