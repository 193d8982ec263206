-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Shared: what a queue keeps of a scheduler.

-- What makes two definitions different. `ic` counts, and `offset` is found out by BullMQ itself.
local DEFINING = { 'name', 'pattern', 'every', 'tz', 'limit', 'startDate', 'endDate', 'opts',
                   'data' }
-- The last two are texts of any length.
local N_SHORT = #DEFINING - 2

local function whole(score)
  return string.format('%.0f', tonumber(score))
end

-- Where it is kept, or nil: the key may as well be that of another scheduler's job.
local function definition_key(sid)
  local name = base .. 'repeat:' .. sid
  if redis.call('TYPE', name).ok == 'hash' and redis.call('HEXISTS', name, 'timestamp') == 0 then
    return name
  end
  return nil
end

-- What is kept there, in the order above; nothing without a key.
local function definition_of(name)
  return name and redis.call('HMGET', name, unpack(DEFINING)) or {}
end

local function digest_of(definition)
  local parts = {}
  for i = 1, #DEFINING do
    local value = definition[i]
    parts[i] = value and #value .. ':' .. value or '-'
  end
  return redis.sha1hex(table.concat(parts, ','))
end
