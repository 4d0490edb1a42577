import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Latchkey } from "../../sdk/typescript/src/client.ts";
import { CALL, CALLER } from "../lib/calls.ts";

/*
 * A service that verifies keys locally and over HTTP, and prints what that took as JSON. Arguments: the verifier's URL,
 * the service token, and a file with secrets of restricted keys.
 */
const [url = "", token = "", file = ""] = process.argv.slice(2);
const secrets: string[] = JSON.parse(readFileSync(file, "utf8"));
const SECONDS = 2;
const CACHE_MB = 16;

/** Answers of `local`, and the requests that it sent to a verifier. */
let answered = 0;
let requests = 0;
const local = new Latchkey({
  url,
  token,
  mode: "local" as const,
  cacheMb: CACHE_MB,
  timeoutMs: 10_000,
  fetch(input, init) {
    if (String(input).endsWith("/keys/verify")) requests++;
    return fetch(input, init);
  },
});
const remote = new Latchkey({ url, token, timeoutMs: 10_000 });
while (!local.isLocal) await sleep(10);

const checkOf = (n: number) => ({ key: secrets[n % secrets.length], ...CALL, ...CALLER });
/** As many clients as keys are used in turn. They match the same entries as `CALLER`. */
const CALLERS = Array.from({ length: 1_000 }, (_, n) => ({
  clientIp: `198.51.19.${n % 250}:${50_000 + n}`,
  referrer: `https://www.site19.example/shop/cart?item=${n}`,
  origin: CALLER.origin,
}));

/** Of another client than the check before. */
const ownCheckOf = (n: number) => ({ ...checkOf(n), ...CALLERS[n % CALLERS.length] });

async function verifyAll(latchkey: Latchkey, count: number, check = checkOf): Promise<void> {
  for (let n = 0; n < count; n++) {
    const verdict = await latchkey.verify(check(n));
    if (latchkey === local) answered++;
    if (verdict.code !== "VALID") throw new Error(`${verdict.code} for a key that is valid`);
  }
}

/** One check after the other, for `SECONDS`. Pauses for the event loop, as a service does between its requests. */
async function throughput(
  latchkey: Latchkey,
  check = checkOf,
): Promise<{ perSecond: number; cpuMicros: number }> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  let done = 0;
  while (performance.now() - startedAt < SECONDS * 1_000) {
    await verifyAll(latchkey, 100, check);
    done += 100;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { user, system } = process.cpuUsage(cpu);
  return {
    perSecond: (done * 1_000) / (performance.now() - startedAt),
    cpuMicros: (user + system) / done,
  };
}

async function latencies(
  latchkey: Latchkey,
  count: number,
): Promise<{ p50Micros: number; p99Micros: number }> {
  const micros: number[] = [];
  for (let n = 0; n < count; n++) {
    const startedAt = performance.now();
    await latchkey.verify(checkOf(n));
    micros.push((performance.now() - startedAt) * 1_000);
    if (n % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  micros.sort((a, b) => a - b);
  const at = (share: number) => micros[Math.floor(share * (count - 1))] ?? Number.NaN;
  return { p50Micros: at(0.5), p99Micros: at(0.99) };
}

/** Without what V8 has freed and keeps for later, which depends on when it last collected garbage. */
function heldBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const few = secrets.splice(0, 1_000);
const many = secrets.splice(0);
secrets.push(...few);
for (const latchkey of [local, remote]) await verifyAll(latchkey, secrets.length);
for (let round = 0; round < 3; round++) await verifyAll(local, 100_000);
const rounds = [];
for (let round = 0; round < 5; round++) {
  const [locally, remotely] = [await throughput(local), await throughput(remote)];
  const [localLatency, remoteLatency] = [await latencies(local, 100_000), await latencies(remote, 1_000)];
  const ownCallers = await throughput(local, ownCheckOf);
  rounds.push({ locally, remotely, localLatency, remoteLatency, ownCallers });
  if (requests > answered / 1_000)
    throw new Error(`a verifier was asked about ${requests} of ${answered} keys`);
}
// Far more keys than fit into the memory for facts.
const before = heldBytes();
secrets.push(...many);
await verifyAll(local, secrets.length);
const grownMb = (heldBytes() - before) / 1e6;
console.log(JSON.stringify({ rounds, grownMb, keys: secrets.length, cacheMb: CACHE_MB }));
await local.close();
process.exit(0);
