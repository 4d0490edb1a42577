import { hash } from "node:crypto";
import { expect, test } from "vitest";
import { generateToken } from "../../../core/tokens.ts";
import { type FactsRequest, opaqueId, type SecretAnswer } from "../../../engine/sync/protocol.ts";
import { FactSource } from "../src/local/fact-source.ts";

const NOTHING = { ips: [], referrers: [], apps: { android: [], ios: [] }, apis: [] };

/** The facts of a key without restrictions, whose id is `key_` and its secret's SHA-256. */
function factsOf(secretHash: string): SecretAnswer {
  const secret = {
    secretId: `sec_${secretHash}`,
    id: `key_${secretHash}`,
    projectId: "prj_1",
    name: "server",
    environment: "live",
    description: "",
    externalId: null,
    metadata: {},
    tags: [],
    enabled: true,
    revokedAt: null,
    expiresAt: null,
    overlapEndsAt: null,
    reportOnly: null,
    reportOnlySince: null,
    restrictions: NOTHING,
    setBytes: 0,
  };
  return { ask: false, secret, enabledApis: ["badges"], plannedApis: [] };
}

function openSource(maxBytes = 1_000_000) {
  const source = new FactSource({
    maxBytes,
    ask: async ({ secrets }: FactsRequest) => ({ secrets: secrets.map(factsOf), apis: [] }),
  });
  /** Loads what is known about a secret and remembers it. */
  const load = async (secret: string, nowMs = 0) => {
    const secretHash = hash("sha256", secret);
    const known = await source.secrets.get(secretHash);
    if (known === null) throw new Error("the stub knows every secret");
    source.remember(secretHash, known, nowMs);
    return known;
  };
  return { source, load };
}

const keyOf = (secret: string) => opaqueId(`key_${hash("sha256", secret)}`);

test("a remembered secret is found until its key or project changes, or everything is dropped", async () => {
  const { source, load } = openSource();
  const secret = generateToken("lk", "live");
  const other = generateToken("lk", "live");
  for (const drop of [
    () => source.invalidate([keyOf(secret)]),
    () => source.invalidate([opaqueId("prj_1")]),
    () => source.clear(),
  ]) {
    expect(source.find(secret, 0)).toBeUndefined();
    const known = await load(secret);
    expect(source.find(secret, 0)).toBe(known);
    source.invalidate([keyOf(other)]);
    source.clearAbsent();
    expect(source.find(secret, 0)).toBe(known);
    drop();
    expect(source.find(secret, 0)).toBeUndefined();
  }
});

test("a secret that is found again and again outlives others, and what is dropped is not found", async () => {
  // Room for a few dozen.
  const { source, load } = openSource(100_000);
  const busy = generateToken("lk", "live");
  const first = generateToken("lk", "live");
  await load(busy);
  await load(first);
  for (let n = 1; n <= 500; n++) {
    await load(generateToken("lk", "live"), n * 2_000);
    expect(source.find(busy, n * 2_000)).toMatchObject({ ask: false });
  }
  expect(source.find(first, 0)).toBeUndefined();
  expect(source.secrets.size).toBeLessThan(200);
});
