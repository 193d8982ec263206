-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- One job of a flow, and the keys of its children. Writes nothing.
-- ARGV: base, id, how many children of each kind at most, the key of one that is asked for or ''.
-- Answers its state ('missing' without a record, 'unsure' where the lists are too long to look
-- through), its name, why it failed, its parent's key, when it was made in ms, of which kind the
-- child asked for is (from 0; -1 for none); then for each kind of children how many there are and
-- the keys of some.
--@include layout.lua
--@include state.lua
--@include record.lua

-- Many jobs of a flow are asked for at once.
looks_left = 10000

-- So many are read whole, for the same ones to be told each time.
local MOST_READ = 1000

local id, most = ARGV[2], tonumber(ARGV[3])
local job = base .. id

local function some_keys(children, n)
  local k = job .. children.suffix
  local keys = {}
  if n == 0 or children.type == 'zset' then
    return n == 0 and keys or redis.call('ZRANGE', k, 0, most - 1)
  end
  if n <= MOST_READ then
    keys = redis.call(children.all, k)
    table.sort(keys)
  else
    local found = redis.call(children.some, k, '0', 'COUNT', most)[2]
    for i = 1, #found, children.step do
      keys[#keys + 1] = found[i]
    end
  end
  while #keys > most do
    table.remove(keys)
  end
  return keys
end

local function holds_child(children, child)
  local look = { zset = 'ZSCORE', hash = 'HEXISTS', set = 'SISMEMBER' }
  local found = redis.call(look[children.type], job .. children.suffix, child)
  return found and found ~= 0
end

local wrong = wrong_type()
local state = wrong and 'unknown' or state_of(id)
if not has_record(job) then
  return { state == 'unknown' and 'missing' or state }
end
local field = redis.call('HMGET', job, 'name', 'failedReason', 'parentKey', 'timestamp')
local answer = { state }
for i = 1, 4 do
  answer[#answer + 1] = string.sub(field[i] or '', 1, 1024)
end
local kind = #answer + 1
answer[kind] = -1
for i, children in ipairs(CHILDREN) do
  local n = count_of(job, children)
  if n > 0 and holds_child(children, ARGV[4]) then
    answer[kind] = i - 1
  end
  answer[#answer + 1] = n
  answer[#answer + 1] = some_keys(children, n)
end
return answer
