-- For wrk: sends the requests of a file, which stand there raw and end with NUL, in turn, and prints what
-- it saw as one line of JSON. Arguments: the file, the first request's place, and for a load below the
-- most that a server takes: the longest pause of a connection before it asks again, in ms.
local requests = {}
local at = 0
local pauseMost = 0

function init(args)
  for request in io.open(args[1], "rb"):read("*a"):gmatch("(%Z+)%z") do
    requests[#requests + 1] = request
  end
  at = tonumber(args[2])
  pauseMost = tonumber(args[3] or "0")
  math.randomseed(1)
  if pauseMost == 0 then delay = nil end
end

function delay()
  return math.random(0, pauseMost)
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"total":%d,"seconds":%f,"failed":%d,"p50Ms":%f,"p99Ms":%f}\n',
    summary.requests, summary.duration / 1e6,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
