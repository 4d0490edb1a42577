import { inspect } from "node:util";
import { afterEach, expect, test, vi } from "vitest";
import { HOUR_MS } from "../../../core/time.ts";
import { Latchkey } from "../src/client.ts";
import { ConfigurationError, VerdictUnavailableError } from "../src/errors.ts";
import { FakeLatchkey } from "../src/testing.ts";
import { deployment } from "./deployment.ts";
import { FakeVerifiers } from "./fake-verifiers.ts";

const { verifierUrl, serviceToken, secrets } = deployment();
const VALID = { status: 200, json: { valid: true, code: "VALID", requestId: "req_1", keyId: "key_1" } };

let verifiers = new FakeVerifiers();
afterEach(async () => {
  await verifiers.stop();
  verifiers = new FakeVerifiers();
});

test("the verdict of a real verifier arrives whole", async () => {
  const latchkey = new Latchkey({ url: `${verifierUrl}/`, token: serviceToken });
  expect(await latchkey.verify({ key: secrets.valid, operation: "badges.list" })).toMatchObject({
    valid: true,
    environment: "live",
    metadata: {},
    rateLimit: null,
  });
});

test("a wrong service token rejects with what Latchkey said", async () => {
  const latchkey = new Latchkey({ url: verifierUrl, token: "lk_svc_wrong" });
  const error = await latchkey.verify({ key: secrets.valid }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(error).toMatchObject({ status: 401, problem: { title: "Service token required" } });
  expect(String(error)).toContain(`Latchkey at ${verifierUrl} answered 401`);
});

test("what a console prints of a rejected request has each of its faults", async () => {
  const problem = {
    title: "Invalid request",
    detail: "The request has errors.",
    requestId: "req_7",
    errors: [{ path: "cost", message: "Expected an integer." }],
  };
  await verifiers.start([{ answers: [{ status: 422, json: problem }] }]);
  const latchkey = new Latchkey({ url: verifiers.urls, token: "lk_svc_test" });
  const error = await latchkey.verify({ key: "k" }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ problem });
  expect(inspect(error)).toContain("422 (req_7). The request has errors. cost: Expected an integer.");
  expect(inspect(error)).not.toContain("[Object]");
});

test.each([
  [
    "a redirect",
    { status: 308, text: "", headers: { Location: "https://other.example/" } },
    "Redirects are not",
  ],
  ["another server", { status: 404, text: "<html>" }, "check the URL"],
])("the error for %s at the URL says what to do", async (_, answer, message) => {
  await verifiers.start([{ answers: [answer] }]);
  const latchkey = new Latchkey({ url: verifiers.urls, token: "lk_svc_test" });
  await expect(latchkey.verify({ key: "k" })).rejects.toThrow(message);
  expect(verifiers.received).toHaveLength(1);
});

test("the error without a connection says which verifier can't be reached, and why", async () => {
  await verifiers.start([{ down: true }]);
  for (const fetch of [undefined, globalThis.fetch]) {
    const latchkey = new Latchkey({ url: verifiers.urls, token: "lk_svc_test", ...(fetch && { fetch }) });
    const message = new RegExp(`The verifier at ${verifiers.urls[0]} can't be reached: .*ECONNREFUSED`);
    await expect(latchkey.verify({ key: "k" })).rejects.toThrow(message);
  }
});

test("an answer without end is not read to its end, whatever sends the request", async () => {
  await verifiers.start([{ answers: [{ status: 200, text: " ".repeat(1_100_000) }] }]);
  for (const fetch of [undefined, globalThis.fetch]) {
    const latchkey = new Latchkey({ url: verifiers.urls, token: "lk_svc_test", ...(fetch && { fetch }) });
    await expect(latchkey.verify({ key: "k" })).rejects.toThrow("is too large");
  }
  expect(verifiers.received).toHaveLength(2);
});

test("no answer within the timeout rejects with VerdictUnavailableError", async () => {
  await verifiers.start([{ answers: [{ hang: true }] }]);
  const latchkey = new Latchkey({ url: verifiers.urls, token: "lk_svc_test", timeoutMs: 100 });
  const startedAt = performance.now();
  await expect(latchkey.verify({ key: "k" })).rejects.toThrow(VerdictUnavailableError);
  expect(performance.now() - startedAt).toBeGreaterThan(95);
});

test("an aborted check rejects with the signal's reason, and is not retried", async () => {
  await verifiers.start([{ answers: [{ hang: true }] }, { answers: [VALID] }]);
  const latchkey = new Latchkey({ url: verifiers.urls, token: "lk_svc_test" });
  const controller = new AbortController();
  const outcome = latchkey.verify({ key: "k" }, { signal: controller.signal });
  await expect.poll(() => verifiers.received.length).toBe(1);
  controller.abort(new Error("client went away"));
  await expect(outcome).rejects.toThrow("client went away");
  expect(verifiers.received).toHaveLength(1);
});

test("a verifier that fails five times is not asked again until its pause is over", async () => {
  await verifiers.start([{ answers: [{ status: 503, json: {} }] }]);
  let nowMs = 0;
  const latchkey = new Latchkey({ url: verifiers.urls, token: "lk_svc_test", now: () => nowMs });
  const attempt = () => latchkey.verify({ key: "k" }).catch((error: Error) => error.message);
  const message = `The verifier at ${verifiers.urls[0]} answered 503.`;
  for (let failure = 0; failure < 5; failure++) expect(await attempt()).toBe(message);
  expect(await attempt()).toBe("Every verifier failed recently.");
  expect(verifiers.received).toHaveLength(5);
  nowMs = 1_000;
  expect(await attempt()).toBe(message);
  expect(verifiers.received).toHaveLength(6);
});

test("a clock that is set back does not keep a verifier out that works again", async () => {
  const failure = { status: 503, json: {} };
  await verifiers.start([{ answers: [...Array.from({ length: 5 }, () => failure), VALID] }]);
  const latchkey = new Latchkey({ url: verifiers.urls, token: "lk_svc_test" });
  const attempt = () =>
    latchkey.verify({ key: "k" }).then(
      ({ code }) => code,
      (error: Error) => error.message,
    );
  vi.useFakeTimers({ toFake: ["Date"] });
  try {
    for (let failed = 0; failed < 5; failed++) expect(await attempt()).toContain("answered 503.");
    expect(await attempt()).toBe("Every verifier failed recently.");
    vi.setSystemTime(Date.now() - HOUR_MS);
    await expect.poll(attempt, { timeout: 10_000 }).toBe("VALID");
  } finally {
    vi.useRealTimers();
  }
});

test("texts that no 16 KiB body can hold are left out, so that rules that need them deny", async () => {
  await verifiers.start([{ answers: [VALID] }]);
  const latchkey = new Latchkey({ url: verifiers.urls, token: "lk_svc_test" });
  const long = "\u4e00".repeat(5_000);
  await latchkey.verify({ key: "k", method: "GET", path: `/${long}`, referrer: long, origin: long });
  const [{ body } = { body: {} }] = verifiers.received;
  expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(16 * 1_024);
  expect(body).toMatchObject({ key: "k", method: "GET", path: `/${long}`.slice(0, 4_000) });
  expect(body).not.toHaveProperty("referrer");
});

test.each([
  [{ url: [], token: "t" }, "at least one verifier"],
  [{ url: "localhost:3001", token: "t" }, "not an http or https URL"],
  [{ url: "http://localhost:3001", token: "" }, "service token"],
  [{ url: "http://localhost:3001", token: "lk_svc_\u2026" }, "a character that no token has"],
  [{ url: "", token: "t" }, "environment variable"],
])("options %j are rejected when the client is created", (options, message) => {
  expect(() => new Latchkey(options)).toThrow(message);
});

test("the outcome is added to the active OpenTelemetry span, without the key", async () => {
  const attributes: Record<string, unknown> = {};
  const span = { setAttributes: (more: object) => Object.assign(attributes, more) };
  const SPAN = Symbol.for("OpenTelemetry Context Key SPAN");
  const API = Symbol.for("opentelemetry.js.api.1");
  const registered = globalThis as { [API]?: unknown };
  registered[API] = {
    context: { active: () => ({ getValue: (key: symbol) => (key === SPAN ? span : undefined) }) },
  };
  try {
    const latchkey = new Latchkey({ url: verifierUrl, token: serviceToken });
    await latchkey.verify({ key: secrets.revoked });
    expect(attributes).toMatchObject({ "latchkey.valid": false, "latchkey.code": "KEY_REVOKED" });
    expect(Object.keys(attributes)).toContain("latchkey.key_id");
    expect(JSON.stringify(attributes)).not.toContain(secrets.revoked);
  } finally {
    delete registered[API];
  }
});

test("the fake answers from its list and remembers what it was asked", async () => {
  const fake = new FakeLatchkey({ good: { name: "mine" }, slow: "RATE_LIMITED" });
  expect(await fake.verify({ key: "good", api: "badges" })).toMatchObject({ valid: true, name: "mine" });
  expect(await fake.verify({ key: "slow" })).toMatchObject({ code: "RATE_LIMITED", retryAfterMs: 1_000 });
  expect(await fake.verify({ key: "other" })).toMatchObject({ code: "KEY_NOT_FOUND" });
  expect(await fake.verify({})).toMatchObject({ code: "KEY_MISSING" });
  expect(fake.checks.map(({ key }) => key)).toEqual(["good", "slow", "other", undefined]);
});
