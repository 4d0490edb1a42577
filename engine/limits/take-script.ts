/** How far Redis's clock may be ahead of the caller's estimate: more than the duration of a call. */
const MAX_CLOCK_STEP_MS = 2_000;
/**
 * How long a quota's counter is kept after its period: the caller's clock determines the period, and may be behind
 * Redis's. The next period's counter has another name.
 */
const MAX_CLOCK_SKEW_MS = 60_000;
/**
 * A server of a cluster is asked for its id, which takes as long as half a call, if the last call is longer ago: a
 * restarted master is not writable for 2 s, and a failover takes at least as long as the timeout of nodes.
 */
const SAME_SERVER_MS = 200;

/**
 * Evaluates one call against all its counters atomically. Windows are sliding logs like the core's `SlidingWindow`: a
 * list of the total units, followed by `moment:units` from the oldest on. A quota is a number that expires soon after
 * its period.
 *
 * Moments are times of a clock that is stored in Redis and never goes back. It follows Redis's own clock. If that is set
 * back, the stored clock continues from where it was. If that jumps ahead of the time that passed for the caller, the
 * stored clock does not follow: counters may have expired too early, so missing counters are considered lost.
 *
 * In a cluster the clock also holds the server that last used it and the generation of the counters. On another server
 * (after a restart, a failover or a move of the slot) the counters may be old, so a new generation begins. Names of
 * counters contain their generation, and a call with another one changes nothing: the clock is on one server only, so
 * counters of two generations are never used at the same time.
 *
 * KEYS[1]: the clock, and since when the counters are complete. Then one counter for each limit.
 * ARGV: units; `take`, `ask` or `force`; the time, or "" to use Redis's own clock; the caller's estimate of the moment,
 * or ""; the `since` for which usage was read; the generation, or "" outside a cluster. Then for each limit: its kind;
 * its limit; its length (the window in ms, or the end of the period); and the units used before according to the usage
 * counts (`?` if they were not read).
 * Returns `since`, the moment, the generation, and unless that is another one four numbers for each limit: whether it
 * fits (-1: read usage first), units used, how long to wait, and how long until the oldest units expire.
 */
export const TAKE_SCRIPT = `
local units, mode, time, latest, asked = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local expected = ARGV[6]
if not time then
  local parts = redis.call('TIME')
  time = parts[1] * 1000 + parts[2] / 1000
end
local kept = redis.call('HMGET', KEYS[1], 'since', 'moment', 'time', 'run', 'generation')
local since, now = tonumber(kept[1]), tonumber(kept[2])
if not since then
  since, now = math.ceil(time), time
else
  local passed = math.max(0, time - tonumber(kept[3]))
  -- Clocks of two machines go at nearly the same pace.
  if latest and now + passed > latest + ${MAX_CLOCK_STEP_MS} + passed / 10000 then
    now = math.max(now, latest)
    since = math.ceil(now)
  else
    now = now + passed
  end
end
local generation = 0
if expected ~= '' then
  local idle = time - (tonumber(kept[3]) or 0)
  local run = kept[4]
  if not run or idle < 0 or idle > ${SAME_SERVER_MS} then
    run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
  end
  generation = tonumber(kept[5])
  if kept[4] ~= run then
    if kept[1] then since = math.max(math.ceil(now), tonumber(kept[1]) + 1) end
    generation = since
    redis.call('HSET', KEYS[1], 'run', run, 'generation', string.format('%.0f', generation))
  end
end
redis.call('HSET', KEYS[1], 'since', since, 'moment', string.format('%.3f', now), 'time', string.format('%.3f', time))
if expected ~= '' and tonumber(expected) ~= generation then return { since, math.floor(now), generation } end

local function momentOf(entry) return tonumber(string.match(entry, '^[^:]+')) end
local function unitsOf(entry) return tonumber(string.match(entry, ':(.+)$')) end
-- Rounded up: a unit may count longer than its window, never shorter.
local function entryOf(moment, count)
  return string.format('%.3f:%.0f', math.ceil(moment * 1000) / 1000, count)
end
local function granularityOf(moment, span) return math.floor(moment * 60 / span) end

local function push(key, span, moment, count)
  local last = redis.call('LINDEX', key, -1)
  if redis.call('LLEN', key) > 1 and granularityOf(momentOf(last), span) == granularityOf(moment, span) then
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

local answer, fits, known = { since, math.floor(now), generation }, true, true
for at = 2, #KEYS do
  local key, arg = KEYS[at], at * 4 - 1
  local kind, limit, span, before = ARGV[arg], tonumber(ARGV[arg + 1]), tonumber(ARGV[arg + 2]), ARGV[arg + 3]
  if asked ~= since then before = '?' end
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
    used = tonumber(redis.call('GET', key) or nil)
    if before ~= '?' and (not used or used < tonumber(before)) then
      redis.call('SET', key, before, 'PXAT', span + ${MAX_CLOCK_SKEW_MS})
      used = tonumber(before)
    end
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
    local key, arg, place = KEYS[at], at * 4 - 1, at * 4 - 5
    local span = tonumber(ARGV[arg + 2])
    if ARGV[arg] == 'rate' then
      if redis.call('EXISTS', key) == 0 then redis.call('RPUSH', key, 0) end
      push(key, span, now, units)
      redis.call('LSET', key, 0, string.format('%.0f', answer[place + 2] + units))
      redis.call('PEXPIRE', key, span + ${MAX_CLOCK_STEP_MS} + 1000)
      if answer[place + 4] == 0 then answer[place + 4] = span end
    else
      redis.call('INCRBY', key, units)
    end
    answer[place + 2] = answer[place + 2] + units
  end
end
return answer
`;
