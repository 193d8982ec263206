-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Sees to it that outbox entries are never sent; answers 'sent' for those that were already.
-- ARGV: base, receipt lifetime in seconds, then three texts an entry: outbox id, job id, and what
-- else shows that it was sent: '' nothing but the receipt, 'there' a job of that id, 'under way'
-- one that neither failed nor completed.
--@include layout.lua
--@include state.lua

local function is_queued(id, sign)
  if sign == 'there' then
    return redis.call('EXISTS', base .. id) == 1
  end
  if sign ~= 'under way' then
    return false
  end
  -- A queue that is broken hinders nobody from discarding.
  local good, state = pcall(state_of, id)
  return good and state ~= 'failed' and state ~= 'completed' and state ~= 'unknown'
         and state ~= 'unsure'
end

local answer = {}
for at = 3, #ARGV, 3 do
  local receipt = base .. 'wd-receipt:' .. ARGV[at]
  local seen = redis.call('GET', receipt)
  if not seen and is_queued(ARGV[at + 1], ARGV[at + 2]) then
    seen = 'sent'
  end
  if not seen then
    redis.call('SET', receipt, 'discarded', 'EX', ARGV[2])
    seen = 'discarded'
  end
  answer[#answer + 1] = seen
end
return answer
