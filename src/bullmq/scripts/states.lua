-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- In which states jobs are. Writes nothing.
-- ARGV: base, ids. Answers a word for each; 'missing' for one BullMQ does not hold.
--@include layout.lua
--@include state.lua

local answer = {}
for i = 2, #ARGV do
  local state = state_or_missing(ARGV[i])
  answer[#answer + 1] = state == 'unsure' and 'unknown' or state
end
return answer
