-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Takes jobs out of the queue for good, with all that is kept of them, and answers for each.
-- ARGV: base, site id, receipt lifetime (not used), the state all of them are in, then the ids.
-- A job in another state by now is refused; so is one that a worker holds, that others hang on (a
-- flow's), and the next one of a scheduler, whose chain would end with it.
--@include layout.lua
--@include place.lua
--@include state.lua
--@include answer.lua
--@include release.lua

local FIRST = 5
local state = ARGV[4]

if redis.call('GET', key.site) ~= ARGV[2] then
  return { 'site' }
end
local forbidden, detail, major = layout_problem()
if forbidden then
  return { 'layout', forbidden, detail }
end
local queue = read_queue(major)

-- Whoever may not delete a job must not take its id away.
local problem = try('DEL', base .. 'wd-receipt:')
if problem then
  return { 'error', problem }
end

local function belongs_to_flow(name, parent)
  return parent or redis.call('EXISTS', name .. ':dependencies', name .. ':processed',
                              name .. ':failed', name .. ':unsuccessful') > 0
end

local function refusal_of_state(id, elsewhere)
  local found, due = state_of(id)
  if elsewhere and found == state then
    return 'state', elsewhere
  elseif found == 'unknown' and redis.call('EXISTS', base .. id) == 0 then
    return 'missing'
  end
  return 'state', due and found .. ' ' .. due or found
end

-- Takes the id from where it waits, beginning with the end that workers take from; from a short
-- list wherever it stands in it. Returns how many there were, or nil and an error's text.
local function take_out(id)
  if state ~= 'waiting' then
    local trouble, n = try('ZREM', key[state], id)
    return n, trouble
  end
  local total = 0
  for _, list in ipairs({ key.paused, key.wait }) do
    local trouble, n = try('LREM', list, is_short(list) and 0 or -1, id)
    if trouble then
      return nil, trouble
    end
    total = total + n
  end
  return total
end

local function remove(id)
  local name = base .. id
  local field = redis.call('HMGET', name, 'parentKey', 'deid')
  if redis.call('EXISTS', name .. ':lock') == 1 then
    return 'state', 'active'
  elseif string.sub(id, 1, 7) == 'repeat:' and state ~= 'completed' and state ~= 'failed' then
    return 'scheduler'
  elseif belongs_to_flow(name, field[1]) then
    return 'flow'
  end
  local elsewhere = place_elsewhere(id, state)
  if elsewhere then
    return refusal_of_state(id, elsewhere)
  end
  local n, trouble = take_out(id)
  if trouble then
    return 'error', trouble
  elseif n == 0 then
    return refusal_of_state(id)
  end
  trouble = field[2] and release(id, field[2])
  trouble = try('DEL', name, name .. ':logs') or trouble
  trouble = announce(queue, 'removed', 'jobId', id, 'prev', state) or trouble
  return trouble and 'warned', trouble
end

local answer = new_answer(#ARGV - FIRST + 1)
for i = FIRST, #ARGV do
  local word, why = answer_of(remove, ARGV[i])
  if word then
    set_answer(answer, i - FIRST + 1, word, why)
  end
end
return close_answer(answer)
