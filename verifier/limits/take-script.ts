/**
 * One call before all its counters, in one step of Redis. Windows are sliding logs as the core's
 * `SlidingWindow` has them, on Redis's own clock: a list of the units in all, then `moment:units` from the
 * oldest on. A quota is a number that ends with its period.
 *
 * KEYS[1]: since when this Redis counts; then a counter for each limit.
 * ARGV: units; `take`, `ask` or `force`; the moment, or nothing for Redis's own clock; then for each limit its kind, its limit, its length (a window's in ms,
 * or the period's end), and what the usage figures say was used before (`?` when they were not asked).
 * Answers four numbers a limit: whether it fits (-1: ask the usage figures first), units used, how long to wait,
 * how long until the first are free.
 */
export const TAKE_SCRIPT = `
local units, mode, now = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + time[2] / 1000
end
local since = tonumber(redis.call('GET', KEYS[1]))
if not since then
  since = now
  redis.call('SET', KEYS[1], string.format('%.3f', now))
end

local function momentOf(entry) return tonumber(string.match(entry, '^[^:]+')) end
local function unitsOf(entry) return tonumber(string.match(entry, ':(.+)$')) end
-- Rounded up: a unit may count longer than its window, never shorter.
local function entryOf(moment, count)
  return string.format('%.3f:%.0f', math.ceil(moment * 1000) / 1000, count)
end
local function granuleOf(moment, span) return math.floor(moment * 60 / span) end

local function push(key, span, moment, count)
  local last = redis.call('LINDEX', key, -1)
  if redis.call('LLEN', key) > 1 and granuleOf(momentOf(last), span) == granuleOf(moment, span) then
    redis.call('LSET', key, -1, entryOf(math.max(momentOf(last), moment), unitsOf(last) + count))
  else
    redis.call('RPUSH', key, entryOf(moment, count))
  end
end

local function restore(key, span, before)
  for ago, count in string.gmatch(before, '([%d.]+):(%d+)') do
    if redis.call('EXISTS', key) == 0 then redis.call('RPUSH', key, 0) end
    redis.call('LSET', key, 0, tonumber(redis.call('LINDEX', key, 0)) + count)
    push(key, span, now - ago, tonumber(count))
  end
end

local function slide(key, span)
  local used = tonumber(redis.call('LINDEX', key, 0))
  if not used then return 0 end
  local oldest = redis.call('LINDEX', key, 1)
  if oldest and momentOf(oldest) + span > now then return used end
  redis.call('LPOP', key)
  while oldest and momentOf(oldest) + span <= now do
    used = used - unitsOf(oldest)
    redis.call('LPOP', key)
    oldest = redis.call('LINDEX', key, 0)
  end
  if oldest then redis.call('LPUSH', key, string.format('%.0f', used)) else used = 0 end
  return used
end

local function waitFor(key, span, limit, used)
  local excess = used + units - limit
  if excess <= 0 then return 0 end
  for _, entry in ipairs(redis.call('LRANGE', key, 1, -1)) do
    excess = excess - unitsOf(entry)
    if excess <= 0 then return math.max(1, math.ceil(momentOf(entry) + span - now)) end
  end
  return span
end

local function resetOf(key, span)
  local oldest = redis.call('LINDEX', key, 1)
  return oldest and math.max(0, math.ceil(momentOf(oldest) + span - now)) or 0
end

local answer, fits, known = {}, true, true
for at = 2, #KEYS do
  local key, arg = KEYS[at], at * 4 - 4
  local kind, limit, span, before = ARGV[arg], tonumber(ARGV[arg + 1]), tonumber(ARGV[arg + 2]), ARGV[arg + 3]
  local fit, used, wait, reset = 1, 0, 0, 0
  if kind == 'rate' then
    if redis.call('EXISTS', key) == 0 then
      if before ~= '?' then
        restore(key, span, before)
      elseif now - since < span then
        fit, known = -1, false
      end
    end
    used = slide(key, span)
    wait = waitFor(key, span, limit, used)
    reset = resetOf(key, span)
  else
    if before ~= '?' then redis.call('SET', key, before, 'NX', 'PXAT', span) end
    used = tonumber(redis.call('GET', key))
    if not used then fit, known, used = -1, false, 0 end
    reset = span
    if used + units > limit then wait = span end
  end
  if fit == 1 and wait > 0 then fit, fits = 0, false end
  local place = #answer
  answer[place + 1], answer[place + 2], answer[place + 3], answer[place + 4] = fit, used, wait, reset
end

if known and units > 0 and (mode == 'force' or (mode == 'take' and fits)) then
  for at = 2, #KEYS do
    local key, arg, place = KEYS[at], at * 4 - 4, at * 4 - 8
    local span = tonumber(ARGV[arg + 2])
    if ARGV[arg] == 'rate' then
      if redis.call('EXISTS', key) == 0 then redis.call('RPUSH', key, 0) end
      push(key, span, now, units)
      redis.call('LSET', key, 0, string.format('%.0f', answer[place + 2] + units))
      redis.call('PEXPIRE', key, span + 1000)
      if answer[place + 4] == 0 then answer[place + 4] = span end
    else
      redis.call('INCRBY', key, units)
    end
    answer[place + 2] = answer[place + 2] + units
  end
end
return answer
`;
