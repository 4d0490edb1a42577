import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeKey, makeServiceToken } from "#test/people.ts";
import { startTestVerifier, type TestVerifier } from "#test/test-verifier.ts";

const CONNECTIONS = 20;
/** Pipelined on each connection: together more than a turn of the event loop accepts. */
const REQUESTS = 60;

let verifier: TestVerifier;
let secret: string;
let token: string;
let sockets: Socket[] = [];

beforeEach(async () => {
  verifier = await startTestVerifier();
  secret = (await makeKey(verifier.ctx, verifier.projectId)).secret;
  token = (await makeServiceToken(verifier.db)).token;
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  await verifier.stop();
});

/** Sends the same request repeatedly on many connections. Returns all responses, head and body. */
async function overload(request: string): Promise<string[]> {
  const { port, hostname } = new URL(verifier.url);
  const all = Array.from({ length: CONNECTIONS }, () => {
    const socket = connect(Number(port), hostname).setEncoding("latin1");
    sockets.push(socket);
    let received = "";
    const answers = () => received.split("HTTP/1.1 ").slice(1);
    socket.on("data", (chunk: string) => {
      received += chunk;
    });
    return { socket, answers };
  });
  const total = () => all.reduce((sum, { answers }) => sum + answers().length, 0);
  // No connection waits to be accepted anymore.
  for (const { socket } of all) socket.write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
  await expect.poll(total).toBe(CONNECTIONS);
  for (const { socket } of all) socket.write(request.repeat(REQUESTS));
  await expect.poll(total, { timeout: 20_000, interval: 20 }).toBe(CONNECTIONS * (1 + REQUESTS));
  return all.flatMap(({ answers }) => answers().slice(1));
}

test("under overload, each request gets one response, a verdict or 503, and every verdict is in the journal", async () => {
  const body = JSON.stringify({ key: secret, api: "badges" });
  await verifier.verdict(secret);
  const linesBefore = verifier.engine.journal.lines;
  const answers = await overload(
    `POST /api/v1/keys/verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  const [passed, rejected] = [
    answers.filter((each) => each.startsWith("200")),
    answers.filter((each) => each.startsWith("503")),
  ];
  expect(passed.length + rejected.length).toBe(answers.length);
  expect(passed.length).toBeGreaterThan(95);
  expect(rejected.length).toBeGreaterThan(0);
  expect(verifier.engine.journal.lines - linesBefore).toBe(passed.length);
  for (const each of passed) expect(each).toContain('"code":"VALID"');
  for (const each of rejected) {
    expect(each).toMatch(/^Retry-After: 1\r$/m);
    expect(each).toMatch(/^Content-Type: application\/problem\+json\r$/m);
  }
  // Soon after, it answers as usual.
  expect(await verifier.verdict(secret)).toMatchObject({ valid: true });
});

test("the gate marks a rejected request in a header too, and allows it nowhere", async () => {
  const answers = await overload(
    `GET /api/v1/gate/nginx/badges HTTP/1.1\r\nHost: x\r\nX-Latchkey-Token: ${token}\r\nX-Api-Key: ${secret}\r\nX-Original-Method: GET\r\nX-Original-Uri: /badges\r\nX-Forwarded-For: 198.51.100.7\r\n\r\n`,
  );
  const rejected = answers.filter((each) => !each.startsWith("200"));
  expect(rejected.length).toBeGreaterThan(0);
  for (const each of rejected) {
    expect(each).toMatch(/^503 /);
    expect(each).toMatch(/^X-Latchkey-Code: UNAVAILABLE\r$/m);
  }
});
