-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Sees to it that an outbox entry is never sent; answers 'sent' when it was already.
-- ARGV: base, receipt lifetime in seconds, outbox id.

local receipt = ARGV[1] .. 'wd-receipt:' .. ARGV[3]
local seen = redis.call('GET', receipt)
if seen then
  return seen
end
redis.call('SET', receipt, 'discarded', 'EX', ARGV[2])
return 'discarded'
