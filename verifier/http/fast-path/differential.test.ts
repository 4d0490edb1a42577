import { once } from "node:events";
import type { Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  almostCommon,
  commonRequest,
  plainCheck,
  plainGate,
  type Real,
} from "#test/hostile/common-requests.ts";
import { brokenRequest } from "#test/hostile/framing.ts";
import { fuzzParameters } from "#test/hostile/settings.ts";
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
  // Responses are in the order of their requests. What is observed is not: a rejection waits for no journal.
  return { responses: normalized(text), seen: metrics.seen.toSorted() };
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
    const good = pipelined(commonRequest(real));
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

test("a pair of requests split at any byte is answered as by node:http alone", {
  timeout: 120_000,
}, async () => {
  const real = { secret, token: verifier.token };
  const bytes = Buffer.concat([plainCheck(real), plainGate(real)]);
  const cuts = Array.from({ length: bytes.length - 1 }, (_, at) => at + 1).filter(
    (cut) => TEST_SCOPE !== "short" || cut % 7 === 0,
  );
  await Promise.all(
    lanes.map(async (lane, at) => {
      for (const cut of cuts.filter((_, index) => index % LANES === at))
        await compare(lane, [bytes.subarray(0, cut), bytes.subarray(cut)]);
    }),
  );
});
