import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Latchkey } from "../src/client.ts";
import { createGuard, type Decision, type ServiceRequest } from "../src/http.ts";
import { FakeVerifiers, type ScriptedVerifier } from "./fake-verifiers.ts";

interface VectorFields {
  client: { timeoutMs?: number; onUnavailable?: "allow" };
  middleware: { trustedProxies?: string[]; operation?: string; cost?: number; requiredScopes?: string[] };
  verifiers: ScriptedVerifier[];
  request: { method: string; target: string; peer: string; headers: [string, string][] };
  checks: { verifier: number; body: unknown }[];
  expect:
    | { pass: true; code: string | null; headers: Record<string, string>; scopes?: string[] }
    | {
        pass: false;
        status: number;
        headers: Record<string, string>;
        withoutHeaders: string[];
        body?: unknown;
      };
}
interface Vectors {
  now: number;
  defaults: VectorFields;
  vectors: (Partial<VectorFields> & { name: string })[];
}

const file = new URL("../../vectors/http.json", import.meta.url);
const { now, defaults, vectors }: Vectors = JSON.parse(readFileSync(file, "utf8"));

const clients = { "Node's client": undefined, fetch: globalThis.fetch };

describe.each(Object.entries(clients))("with %s", (_, fetch) => {
  test.each(vectors.map((vector) => ({ ...defaults, ...vector })))("$name", (vector) =>
    checkVector(vector, fetch),
  );
});

async function checkVector(vector: VectorFields, fetch: typeof globalThis.fetch | undefined): Promise<void> {
  const verifiers = new FakeVerifiers();
  await verifiers.start(vector.verifiers);
  const { onUnavailable } = vector.client;
  const latchkey = new Latchkey({
    url: verifiers.urls,
    token: "lk_svc_test",
    api: "badges",
    ...vector.client,
    ...(fetch && { fetch }),
    onUnavailable: onUnavailable ? () => onUnavailable : "reject",
  });
  const guard = createGuard(latchkey, { ...vector.middleware, onError: () => {}, now: () => now });
  try {
    const request = requestOf(vector.request);
    const decision = await guard(request, request);
    expect(verifiers.received.map(({ verifier, body }) => ({ verifier, body }))).toEqual(vector.checks);
    expectDecision(decision, vector.expect);
    expect(new Set(verifiers.received.map(({ idempotencyKey }) => idempotencyKey)).size).toBeLessThan(2);
    for (const { authorization } of verifiers.received) expect(authorization).toBe("Bearer lk_svc_test");
  } finally {
    await verifiers.stop();
  }
}

function requestOf({ method, target, peer, headers }: VectorFields["request"]): ServiceRequest {
  const byName = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]));
  return { method, target, header: (name) => byName.get(name), remoteAddress: peer };
}

function expectDecision(decision: Decision, expected: VectorFields["expect"]): void {
  expect(decision.pass).toBe(expected.pass);
  if (decision.pass && expected.pass) {
    expect(decision.verdict?.code ?? null).toBe(expected.code);
    expect(decision.headers).toEqual(expected.headers);
    if (expected.scopes) expect(decision.verdict).toMatchObject({ scopes: expected.scopes });
  }
  if (decision.pass || expected.pass) return;
  expect(decision.response.status).toBe(expected.status);
  expect(decision.response.headers).toMatchObject(expected.headers);
  for (const name of expected.withoutHeaders) expect(decision.response.headers).not.toHaveProperty(name);
  if (expected.body) expect(JSON.parse(decision.response.body)).toEqual(expected.body);
}
