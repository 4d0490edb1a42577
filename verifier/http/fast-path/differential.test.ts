import { once } from "node:events";
import type { Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateToken } from "#core/tokens.ts";
import { brokenRequest, PIECES } from "#test/hostile/framing.ts";
import { fuzzParameters } from "#test/hostile/settings.ts";
import { written } from "#test/hostile/wire.ts";
import { makeKey } from "#test/people.ts";
import { TEST_SCOPE } from "#test/scope.ts";
import { startTestVerifier, type TestVerifier } from "#test/test-verifier.ts";
import { Metrics } from "../../metrics/metrics.ts";
import { verifierServers } from "../servers.ts";

const CASES = TEST_SCOPE === "short" ? 3_000 : 100_000;
/** Pairs of servers that are compared at the same time. */
const LANES = 12;
/** A connection is ended when the server has been silent for this long, ms. */
const SILENT_MS = { first: 40, again: 1_000 };

/** Bytes that are written to one connection, each part once the server has read the one before. */
type Parts = Buffer[];
type Header = readonly [name: string, value: string];

/** What a server did with the bytes of one connection. */
interface Outcome {
  /** Without what differs by time and request. */
  responses: string;
  /** The verdicts and failures that its requests led to, in order. */
  seen: string[];
}

/** Records the observer's calls for one server. */
class NotingMetrics extends Metrics {
  seen: string[] = [];
  override answered(code: string, api: string): void {
    this.seen.push(`${code} ${api}`);
  }
  override failed(status: number): void {
    this.seen.push(`failed ${status}`);
  }
}

interface Side {
  server: Server;
  metrics: NotingMetrics;
  port: number;
}

let verifier: TestVerifier;
let secret: string;
let handedOver = 0;
let lanes: { fast: Side; plain: Side }[] = [];

beforeAll(async () => {
  verifier = await startTestVerifier();
  secret = (await makeKey(verifier.ctx, verifier.projectId)).secret;
  await verifier.verdict(secret);
  lanes = await Promise.all(
    Array.from({ length: LANES }, async () => ({ fast: await open(true), plain: await open(false) })),
  );
});
afterAll(async () => {
  for (const { server } of lanes.flatMap(({ fast, plain }) => [fast, plain])) {
    server.closeAllConnections();
    server.close();
  }
  await verifier.stop();
});

async function open(fastPath: boolean): Promise<Side> {
  const metrics = new NotingMetrics(verifier.engine);
  const { engine } = verifier;
  const publicUrl = "https://verify.example.com";
  const server = verifierServers({ engine, metrics, stopping: () => false, publicUrl, fastPath }).checks();
  // With a listener, Node parses from JavaScript, as it does after a handover. It would else send a response between
  // two requests of one chunk.
  if (!fastPath) server.on("connection", (socket) => socket.on("data", () => {}));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  metrics.handedOver = () => handedOver++;
  return { server, metrics, port: (server.address() as AddressInfo).port };
}

/** Sends the parts and returns what the server did. Ends the connection once the server is silent. */
async function outcomeOf({ server, port, metrics }: Side, parts: Parts, silentMs: number): Promise<Outcome> {
  metrics.seen = [];
  const accepted = once(server, "connection");
  const client = connect(port, "127.0.0.1").setNoDelay(true).setEncoding("latin1");
  let text = "";
  client
    .on("error", () => {})
    .on("data", (chunk: string) => {
      text += chunk;
    });
  const [peer]: Socket[] = await accepted;
  let sent = 0;
  for (const part of parts) {
    if (client.destroyed || peer?.destroyed) break;
    client.write(part);
    sent += part.length;
    for (let turns = 0; peer && peer.bytesRead < sent && turns < 200 && !peer.destroyed; turns++)
      await turn();
  }
  const closed = new Promise((resolve) => client.once("close", resolve));
  for (let length = -1; length !== text.length && !client.destroyed; ) {
    length = text.length;
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, silentMs))]);
  }
  client.end();
  await closed;
  return { responses: normalized(text), seen: metrics.seen };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Without ids and dates, with sorted header lines and the excess of `Content-Length` over the body. */
function normalized(text: string): string {
  const responses = text.split(/(?=HTTP\/1\.1 \d)/).map((response) => {
    const [head = "", body = ""] = response.split(/\r\n\r\n(.*)/s);
    const [status, ...lines] = head.split("\r\n");
    const headers = lines.map((line) =>
      line.replace(/^Date: .*/, "Date: 0").replace(/^(Content-Length: )(\d+)/, (_, name, bytes) => {
        return name + (body === "" ? "" : String(Number(bytes) - body.length));
      }),
    );
    return [status, ...headers.toSorted(), "", body].join("\n");
  });
  return responses.join("\n\n").replace(/req_[0-9A-Za-z]+/g, "req_0");
}

/** One server pair at a time: compares, and once more slowly before it fails. */
async function compare({ fast, plain }: { fast: Side; plain: Side }, parts: Parts): Promise<void> {
  for (const silentMs of [SILENT_MS.first, SILENT_MS.again]) {
    const [got, wanted] = await Promise.all([fast, plain].map((side) => outcomeOf(side, parts, silentMs)));
    if (JSON.stringify(got) === JSON.stringify(wanted)) return;
    if (silentMs === SILENT_MS.again)
      throw new Error(
        JSON.stringify({ parts: parts.map((part) => part.toString("latin1")), got, wanted }, null, 1),
      );
  }
}

async function holds(cases: (real: Real) => fc.Arbitrary<Parts>, count = CASES): Promise<void> {
  const real = { secret, token: verifier.token };
  const numRuns = Math.ceil(count / LANES);
  await Promise.all(
    lanes.map((lane, at) => {
      const parameters = fuzzParameters<[Parts]>(numRuns);
      const seed = parameters.seed === undefined ? {} : { seed: parameters.seed + at };
      return fc.assert(
        fc.asyncProperty(cases(real), (parts) => compare(lane, parts)),
        { ...parameters, ...seed },
      );
    }),
  );
}

interface Real {
  secret: string;
  token: string;
}

const VERIFY = "/api/v1/keys/verify";
const HOST: Header = ["Host", "verifier"];
const EXTRA: Header[] = [
  ["Accept", "*/*"],
  ["User-Agent", "tést\tclient"],
  ["Connection", "keep-alive"],
  ["Connection", "Keep-Alive"],
  ["Connection", "close"],
  ["Connection", "keep-alive, close"],
  ["connection", "upgrade"],
  ["X-Empty", ""],
  ["X-Spaces", " \t a b \t "],
  ["x-forwarded-for", "198.51.100.8"],
  ["Referer", "https://www.example.com/"],
  ["Cookie", "a=b"],
  ["constructor", "x"],
  ["__proto__", "x"],
  ["Content-Type", "text/plain"],
  ["Authorization", "Basic x"],
  ["Content-Encoding", "gzip"],
  ["Host", "second"],
  ["Keep-Alive", "timeout=5"],
  ["TE", "trailers"],
  ["Trailer", "X-Sum"],
  ["Proxy-Connection", "close"],
  ["Set-Cookie", "a=b"],
  ["traceparent", `00-${"a".repeat(32)}-${"b".repeat(16)}-01`],
];

const extras = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Header[]>([]) },
  { weight: 2, arbitrary: fc.subarray(EXTRA, { maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constant(Array.from({ length: 120 }, (_, n): Header => [`X-${n}`, "y"])) },
);

/** A request that is well-formed and common, or nearly so. */
function request({ secret, token }: Real): fc.Arbitrary<Buffer> {
  const key = fc.constantFrom(secret, secret, "junk", generateToken("lk", "live"), "ключ");
  const check = key.map((key) => JSON.stringify({ key, api: "badges" }));
  const verify = fc.record({
    target: fc.constantFrom(VERIFY, VERIFY, `${VERIFY}?a=1`, `${VERIFY}#a`, `http://x${VERIFY}`, "/livez"),
    method: fc.constantFrom("POST", "POST", "POST", "GET", "PUT", "post"),
    body: fc.oneof(check, check, fc.constantFrom("", "{", "x".repeat(20_000))),
    authorization: fc.constantFrom(`Bearer ${token}`, `bearer   ${token}`, `Bearer ${token}x`, ""),
    extra: extras,
  });
  const batch = fc.array(check, { minLength: 1, maxLength: 3 }).map((checks) => `{"checks":[${checks}]}`);
  return fc.oneof(
    verify.map(({ target, method, body, authorization, extra }) =>
      written(method, target, [HOST, ...verifyHeaders(authorization), length(body), ...extra], body),
    ),
    batch.map((body) =>
      written("POST", `${VERIFY}/batch`, [HOST, ...verifyHeaders(`Bearer ${token}`), length(body)], body),
    ),
    fc
      .record({
        method: fc.constantFrom("GET", "HEAD", "OPTIONS", "DELETE", "POST", "PROPFIND"),
        proxy: fc.constantFrom("nginx", "envoy", "caddy", "none"),
        path: fc.constantFrom("badges", "badges/7?key=x", "streams", "x"),
        key: fc.oneof(
          key.filter((text) => !text.includes("к")),
          fc.constant(" "),
        ),
        token: fc.constantFrom(token, token, "x"),
        body: fc.constantFrom<Header[]>([], [], [["Content-Length", "0"]]),
        extra: extras,
      })
      .map(({ method, proxy, path, key, token, body, extra }) =>
        written(method, `/api/v1/gate/${proxy}/${path}`, [
          ...[HOST, ["X-Latchkey-Token", token] as const, ["X-Api-Key", key] as const],
          ...(["Original", "Forwarded"] as const).flatMap((which): Header[] => [
            [`X-${which}-Method`, "GET"],
            [`X-${which}-Uri`, "/badges"],
          ]),
          ...body,
          ...extra,
        ]),
      ),
  );
}

const length = (body: string): Header => ["Content-Length", String(Buffer.byteLength(body))];
const verifyHeaders = (authorization: string): Header[] => [
  ["Content-Type", "application/json"],
  ["Authorization", authorization],
];

/** Bytes that end, fold or hide a header line if a parser takes them for something else. */
const BYTES = [..."\0\n\r\t\v\x7f\x80\xff :,;+-0#?/\\", "\r\n", "\n\n", "\r\n ", "\r\n\r\n"];

/** Common requests, one of them with a single change: where two parsers are most likely to disagree. */
function almostCommon({ secret, token }: Real): fc.Arbitrary<Buffer> {
  const body = JSON.stringify({ key: secret, api: "badges" });
  const verify = written("POST", VERIFY, [HOST, ...verifyHeaders(`Bearer ${token}`), length(body)], body);
  const gate = written("GET", "/api/v1/gate/envoy/badges/7", [HOST, ["X-Latchkey-Token", token]]);
  const change = fc.oneof(
    fc.record({
      text: fc.constantFrom(...BYTES),
      cut: fc.nat(1),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    // Behind one of the first lines.
    fc.record({ text: fc.constantFrom(...PIECES), line: fc.nat(2) }),
  );
  return fc
    .tuple(fc.constantFrom(verify, gate), change, fc.constantFrom(verify, gate))
    .map(([first, change, second]) => {
      const text = first.toString("latin1");
      if ("cut" in change) {
        // Within the head, or just behind it.
        const at = Math.floor(change.at * (text.indexOf("\r\n\r\n") + 8));
        return Buffer.from(text.slice(0, at) + change.text + text.slice(at + change.cut) + second, "latin1");
      }
      const lines = text.split("\r\n");
      lines[change.line] += `\r\n${change.text.slice(0, -2)}`;
      return Buffer.from(lines.join("\r\n") + second, "latin1");
    });
}

const asOne = (requests: fc.Arbitrary<Buffer>) => requests.map((bytes): Parts => [bytes]);
/** One to three requests, one behind the other. */
const pipelined = (requests: fc.Arbitrary<Buffer>) =>
  fc.array(requests, { minLength: 1, maxLength: 3 }).map((all) => Buffer.concat(all));
/** The same bytes in two or three parts. */
const split = (requests: fc.Arbitrary<Buffer>) =>
  fc
    .tuple(requests, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 2 }))
    .map(([bytes, places]): Parts => {
      const cuts = [0, ...places.map((place) => Math.floor(place * bytes.length)).toSorted((a, b) => a - b)];
      return cuts.map((cut, at) => bytes.subarray(cut, cuts[at + 1])).filter((part) => part.length > 0);
    });

test("the fast path answers and counts any bytes exactly as node:http alone does", {
  timeout: 60_000 + CASES * 20,
}, async () => {
  await holds((real) => {
    const good = pipelined(request(real));
    const broken = brokenRequest(good);
    const almost = almostCommon(real);
    return fc.oneof(
      asOne(almost),
      asOne(almost),
      split(almost),
      asOne(good),
      asOne(broken),
      asOne(broken),
      split(good),
      split(broken),
    );
  });
  // Some of both kinds, else nothing was compared.
  expect(handedOver).toBeGreaterThan(CASES / 20);
  expect(handedOver).toBeLessThan(CASES);
});
