import { rm } from "node:fs/promises";
import { afterEach, beforeEach, expect } from "vitest";
import { createServiceToken } from "#domain/access/service-tokens/create.ts";
import { storeSegments } from "#engine/aggregation/store-segments.ts";
import { LocalVerifier, type LocalVerifierOptions } from "../sdk/typescript/src/local/local-verifier.ts";
import type { Check } from "../sdk/typescript/src/verdict.ts";
import { type InterruptibleProxy, startInterruptibleProxy } from "./interruptible-proxy.ts";
import { startTestVerifier, type TestVerifier } from "./test-verifier.ts";
import { usageRows } from "./usage.ts";

/** What the current test talks to. `setUpLocal` sets it. */
export const site = {} as {
  verifier: TestVerifier;
  /** In front of the verifier. */
  proxy: InterruptibleProxy;
  service: { id: string; token: string };
  /** Paths of the requests that the SDK sent. */
  requests: string[];
};
/** Closed after the test. */
export const running = new Set<LocalVerifier>();
/** Removed after the test. */
export const dirs: string[] = [];

export function setUpLocal(): void {
  beforeEach(async () => {
    site.verifier = await startTestVerifier({ isRealTime: true });
    site.proxy = await startInterruptibleProxy(site.verifier.url);
    const input = { name: "local", api: "badges", trustedProxies: [], localVerification: true };
    const { serviceToken, token } = await createServiceToken({ ctx: site.verifier.ctx, input });
    site.service = { id: serviceToken.id, token };
  });
  afterEach(async () => {
    for (const local of running) await local.close();
    running.clear();
    await site.proxy.disconnect();
    await site.verifier.stop();
    for (const dir of dirs.splice(0)) await rm(dir, { recursive: true, force: true });
  });
}

export async function start(more: Partial<LocalVerifierOptions> = {}): Promise<LocalVerifier> {
  site.requests = [];
  const local = await LocalVerifier.start({
    urls: [site.proxy.url],
    token: site.service.token,
    maxBytes: 1_048_576,
    waitMs: 5_000,
    onError: () => {},
    fetch(input, init) {
      site.requests.push(new URL(String(input)).pathname);
      return fetch(input, init);
    },
    ...more,
  });
  running.add(local);
  return local;
}

export async function startReady(more: Partial<LocalVerifierOptions> = {}): Promise<LocalVerifier> {
  const local = await start(more);
  await expect.poll(() => local.isReady).toBe(true);
  return local;
}

/** The verdict as soon as it is a local one. */
export async function verdictOf(local: LocalVerifier, check: Check) {
  let verdict = await local.verify(check);
  await expect
    .poll(async () => {
      verdict ??= await local.verify(check);
      return verdict;
    })
    .not.toBeNull();
  return verdict;
}
export const codeOf = async (local: LocalVerifier, check: Check) => (await local.verify(check))?.code ?? null;

export async function counted(): Promise<Record<string, number>> {
  await storeSegments(site.verifier.db, site.verifier.dir, Date.now);
  const sums: Record<string, number> = {};
  for (const { code, count } of await usageRows(site.verifier.db, "day"))
    sums[code] = (sums[code] ?? 0) + count;
  return sums;
}
