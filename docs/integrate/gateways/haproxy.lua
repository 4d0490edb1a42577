-- Asks Latchkey's gate about a request, and passes only what the gate allows.

local PASSED_ON = {
  "authorization", "x-api-key", "referer", "origin", "access-control-request-method",
  "x-android-package", "x-android-cert", "x-ios-bundle-identifier",
}
local TO_SERVICE = {
  "x-latchkey-code", "x-latchkey-key-id", "x-latchkey-project-id", "x-latchkey-environment",
  "x-latchkey-external-id", "x-latchkey-scopes",
}
local TO_CLIENT = {
  "content-type", "www-authenticate", "retry-after", "ratelimit", "ratelimit-policy",
  "x-latchkey-code", "x-request-id",
}
local EXPOSED = "x-latchkey-code, x-request-id, retry-after, ratelimit-policy, ratelimit"

-- HAProxy numbers the values of a header from 0. Repeated headers are joined, and then match no rule.
local function value(headers, name)
  local values = headers[name]
  if values == nil then return nil end
  local all = values[0]
  for i = 1, #values do all = all .. ", " .. values[i] end
  return all
end

local function deny(txn, status, headers, body)
  local reply = txn:reply()
  reply:set_status(status)
  local cors = txn:get_var("txn.latchkey_cors")
  if cors ~= nil then
    reply:add_header("access-control-allow-origin", cors)
    reply:add_header("access-control-expose-headers", EXPOSED)
  end
  for name, text in pairs(headers) do reply:add_header(name, text) end
  if txn.f:method() ~= "HEAD" then reply:set_body(body) end
  txn:done(reply)
end

core.register_action("latchkey", { "http-req" }, function(txn)
  local given = txn.http:req_get_headers()
  local headers = {
    ["x-latchkey-token"] = { txn:get_var("txn.latchkey_token") },
    ["x-original-method"] = { txn.f:method() },
    ["x-original-uri"] = { txn.f:pathq() },
  }
  for _, name in ipairs(PASSED_ON) do
    local text = value(given, name)
    if text ~= nil then headers[name] = { text } end
  end
  local before = value(given, "x-forwarded-for")
  local src = txn.f:src()
  headers["x-forwarded-for"] = { before == nil and src or before .. ", " .. src }

  local client = core.httpclient()
  local answer = client:get({ url = txn:get_var("txn.latchkey_url"), headers = headers, timeout = 3000 })
  if answer == nil or answer.headers == nil or value(answer.headers, "x-latchkey-code") == nil then
    return deny(txn, 503, { ["retry-after"] = "1" }, "")
  end
  if answer.status == 200 then
    for _, name in ipairs(TO_SERVICE) do
      local text = value(answer.headers, name)
      if text ~= nil then txn.http:req_set_header(name, text) end
    end
    return
  end
  -- A configuration error: the token or the URL of the gate is wrong.
  local code = value(answer.headers, "x-latchkey-code")
  if code == "SERVICE_TOKEN_INVALID" or code == "GATE_MISCONFIGURED" then
    return deny(txn, 503, { ["x-latchkey-code"] = code }, "")
  end
  local headers = {}
  for _, name in ipairs(TO_CLIENT) do
    local text = value(answer.headers, name)
    if text ~= nil then headers[name] = text end
  end
  deny(txn, answer.status, headers, answer.body or "")
end)
