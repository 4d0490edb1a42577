import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";

interface ReceivedRequest {
  method: string;
  path: string;
  key: string;
  cookie: string | undefined;
  body: string;
}

/** A small API that asks the verifier about the key. It allows requests of other sites below `/open` only. */
export async function startApi(verify: (key: string) => Promise<{ code: string }>) {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (req, res) => {
    const path = req.url ?? "";
    if (path.startsWith("/open")) {
      res.setHeader("Access-Control-Allow-Origin", "*");
      res.setHeader("Access-Control-Allow-Headers", "X-Api-Key, Content-Type");
      res.setHeader("Access-Control-Expose-Headers", "X-Total");
    }
    if (req.method === "OPTIONS") return res.writeHead(204).end();
    let body = "";
    for await (const chunk of req) body += chunk;
    const key = String(req.headers["x-api-key"] ?? "");
    requests.push({ method: req.method ?? "", path, key, cookie: req.headers.cookie, body });
    const { code } = await verify(key);
    res.writeHead(code === "VALID" ? 200 : 401, { "Content-Type": "application/json", "X-Total": "3" });
    res.end(JSON.stringify({ code, path }));
  });
  await new Promise<void>((done) => server.listen(0, "localhost", done));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    requests,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What `curl` does with the options that the portal shows. */
const CURL = `
const args = process.argv.slice(1);
const headers = {};
let method, url, body;
while (args.length > 0) {
  const arg = args.shift();
  if (arg === "-X") method = args.shift();
  else if (arg === "-H") {
    const header = args.shift();
    headers[header.slice(0, header.indexOf(":"))] = header.slice(header.indexOf(":") + 1).trim();
  } else if (arg === "-d" || arg === "--data") body = args.shift();
  else url = arg;
}
const response = await fetch(url, { method: method ?? (body === undefined ? "GET" : "POST"), headers, body });
process.stdout.write(await response.text());
`;

/** Pastes a command into a shell whose `curl` needs nothing but Node. Resolves with what it prints. */
export async function paste(command: string, env: Record<string, string> = {}): Promise<string> {
  const script = `curl() { "$NODE" --input-type=module -e "$CURL" -- "$@"; }\n${command}`;
  const { stdout } = await promisify(execFile)("sh", ["-c", script], {
    env: { ...process.env, ...env, NODE: process.execPath, CURL },
  });
  return stdout;
}
