-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Shared: what ends with a job that is removed.

-- The deduplication of a job ends with it.
local function release(id, deduplication)
  local name = base .. 'de:' .. deduplication
  if redis.pcall('GET', name) == id then
    return (try('DEL', name, base .. 'dn:' .. deduplication))
  end
end
