-- Sends the requests of a file in turn: one a line, `METHOD<tab>PATH<tab>BODY`; {n} is another number each time.
-- Unless the house is asked in the same words again, each has a header of its own, so that it is answered anew.
local lines, turn, first = {}, 0, 0
local is_again = false
local threads = 0

function setup(thread)
  thread:set("place", threads)
  threads = threads + 1
end

function init(args)
  for line in io.lines(args[1]) do
    local method, path, body = line:match("^(%S+)\t([^\t]+)\t?(.*)$")
    lines[#lines + 1] = { method, path, body ~= "" and body or nil }
  end
  -- Threads begin apart from each other, and each run apart from the one before.
  turn = place * math.floor(#lines / 2)
  is_again = args[3] == "again"
  first = tonumber(args[2]) * 10000000 + place * 5000000
end

function request()
  local line = lines[turn % #lines + 1]
  turn = turn + 1
  local n = string.format("%d", first + turn)
  if not is_again then
    wrk.headers["X-Turn"] = n
  end
  local filled = line[3] and line[3]:gsub("{n}", n)
  return wrk.format(line[1], (line[2]:gsub("{n}", n)), nil, filled)
end
