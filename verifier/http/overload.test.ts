import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeKey, makeServiceToken } from "#test/people.ts";
import { startTestVerifier, type TestVerifier } from "#test/test-verifier.ts";

const CONNECTIONS = 20;
/** On each connection, one behind the other: together more than a turn of the event loop lets in. */
const REQUESTS = 60;

let asked: TestVerifier;
let secret: string;
let token: string;
let sockets: Socket[] = [];

beforeEach(async () => {
  asked = await startTestVerifier();
  secret = (await makeKey(asked.ctx, asked.projectId)).secret;
  token = (await makeServiceToken(asked.db)).token;
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  await asked.stop();
});

/** Sends the same request again and again on many connections at once; all answers, head and body. */
async function crowd(request: string): Promise<string[]> {
  const { port, hostname } = new URL(asked.url);
  const all = Array.from({ length: CONNECTIONS }, () => {
    const socket = connect(Number(port), hostname).setEncoding("latin1");
    sockets.push(socket);
    let said = "";
    const answers = () => said.split("HTTP/1.1 ").slice(1);
    socket.on("data", (chunk: string) => {
      said += chunk;
    });
    return { socket, answers };
  });
  const total = () => all.reduce((sum, { answers }) => sum + answers().length, 0);
  // No connection waits to be accepted any more.
  for (const { socket } of all) socket.write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
  await expect.poll(total).toBe(CONNECTIONS);
  for (const { socket } of all) socket.write(request.repeat(REQUESTS));
  await expect.poll(total, { timeout: 20_000, interval: 20 }).toBe(CONNECTIONS * (1 + REQUESTS));
  return all.flatMap(({ answers }) => answers().slice(1));
}

test("of a crowd some get their verdict and the others 503, each once, and what was answered is written down", async () => {
  const body = JSON.stringify({ key: secret, api: "badges" });
  await asked.verdict(secret);
  const linesBefore = asked.engine.journal.lines;
  const answers = await crowd(
    `POST /api/v1/keys/verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  const [passed, turnedAway] = [
    answers.filter((each) => each.startsWith("200")),
    answers.filter((each) => each.startsWith("503")),
  ];
  expect(passed.length + turnedAway.length).toBe(answers.length);
  expect(passed.length).toBeGreaterThan(95);
  expect(turnedAway.length).toBeGreaterThan(0);
  expect(asked.engine.journal.lines - linesBefore).toBe(passed.length);
  for (const each of passed) expect(each).toContain('"code":"VALID"');
  for (const each of turnedAway) {
    expect(each).toMatch(/^Retry-After: 1\r$/m);
    expect(each).toMatch(/^Content-Type: application\/problem\+json\r$/m);
  }
  // And soon after it answers as ever.
  expect(await asked.verdict(secret)).toMatchObject({ valid: true });
});

test("the gate marks a rejected request in a header too, and allows it nowhere", async () => {
  const answers = await crowd(
    `GET /api/v1/gate/nginx/badges HTTP/1.1\r\nHost: x\r\nX-Latchkey-Token: ${token}\r\nX-Api-Key: ${secret}\r\nX-Original-Method: GET\r\nX-Original-Uri: /badges\r\nX-Forwarded-For: 198.51.100.7\r\n\r\n`,
  );
  const turnedAway = answers.filter((each) => !each.startsWith("200"));
  expect(turnedAway.length).toBeGreaterThan(0);
  for (const each of turnedAway) {
    expect(each).toMatch(/^503 /);
    expect(each).toMatch(/^X-Latchkey-Code: UNAVAILABLE\r$/m);
  }
});
