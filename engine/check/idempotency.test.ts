import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { revokeKey } from "#domain/keys/revoke.ts";
import { makeKey, makeServiceToken } from "#test/people.ts";
import { startTestVerifier, type TestVerifier } from "#test/test-verifier.ts";
import { VerdictUnavailable } from "../check/verdict-unavailable.ts";

let verifier: TestVerifier;
let secret: string;
let keyId: string;

beforeEach(async () => {
  verifier = await startTestVerifier();
  const limits = { rate: { limit: 10, windowSeconds: 60 } };
  const created = await makeKey(verifier.ctx, verifier.projectId, { limits });
  ({ secret } = created);
  keyId = created.key.id;
});
afterEach(() => verifier.stop());

interface Ask {
  path?: string;
  token?: string;
  api?: string;
  operation?: string;
}
const ask = (once: string, { path = "", token, ...more }: Ask = {}) => {
  const check = { key: secret, api: "badges", ...more };
  const headers = { "Idempotency-Key": once };
  const body = path === "" ? check : { checks: [check, { ...check, key: "junk" }] };
  return verifier.post(body, { path, headers, ...(token && { token }) });
};
const remaining = async () => (await verifier.verdict(secret, { cost: 0 })).rateLimit.remaining;
const journalled = () => vi.spyOn(verifier.engine, "record");

describe("a repetition under the same Idempotency-Key", () => {
  test.each(["", "/batch"])(
    "gets the first response, consumes nothing and is not counted again (%j)",
    async (path) => {
      const first = await ask("a", { path });
      const recorded = journalled();
      const again = await ask("a", { path });
      expect(await again.text()).toBe(await first.text());
      expect([first, again].map(({ headers }) => headers.get("idempotency-replayed"))).toEqual([
        null,
        "true",
      ]);
      expect(recorded).not.toHaveBeenCalled();
      expect(await remaining()).toBe(9);
      await ask("b", { path });
      expect(await remaining()).toBe(8);
    },
  );

  test("gets the first response even if that is still being written", async () => {
    const { limiter } = verifier.engine;
    const take = limiter.take.bind(limiter);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const taken = vi.spyOn(limiter, "take").mockImplementationOnce(async (asked) => {
      await held;
      return take(asked);
    });
    const first = ask("a");
    await expect.poll(() => taken.mock.calls.length).toBe(1);
    const second = ask("a");
    await expect.poll(() => verifier.engine.storedReplies.find(tokenId(), "a")?.waiting?.length).toBe(1);
    release();
    expect(await (await second).text()).toBe(await (await first).text());
    expect(await remaining()).toBe(9);
  });

  test("is denied and counted once the key is revoked, also in a batch", async () => {
    await ask("a");
    await ask("b", { path: "/batch" });
    await revokeKey({ ctx: verifier.ctx, input: { projectId: verifier.projectId, keyId } });
    verifier.clearCache();
    const recorded = journalled();
    expect(await (await ask("a")).json()).toMatchObject({ code: "KEY_REVOKED" });
    const { verdicts } = await (await ask("b", { path: "/batch" })).json();
    expect(verdicts.map(({ code }: { code: string }) => code)).toEqual(["KEY_REVOKED", "KEY_MALFORMED"]);
    expect(recorded).toHaveBeenCalledTimes(2);
  });

  test("is evaluated again after 60 seconds", async () => {
    await ask("a");
    verifier.monotonic.ms += 59_999;
    expect((await ask("a")).headers.get("idempotency-replayed")).toBe("true");
    verifier.monotonic.ms += 1;
    expect((await ask("a")).headers.get("idempotency-replayed")).toBeNull();
  });

  test("with another body is 422, and with another service token a separate request", async () => {
    await ask("a");
    expect((await ask("a", { operation: "badges.sync" })).status).toBe(422);
    const { token } = await makeServiceToken(verifier.db);
    expect((await ask("a", { token })).headers.get("idempotency-replayed")).toBeNull();
  });

  test("of a request that got no verdict is evaluated again", async () => {
    vi.spyOn(verifier.engine.limiter, "take").mockImplementationOnce(() => {
      throw new VerdictUnavailable("limits can't be counted");
    });
    expect((await ask("a")).status).toBe(503);
    expect(await (await ask("a")).json()).toMatchObject({ code: "VALID" });
    const { token } = await makeServiceToken(verifier.db, verifier.badgesId);
    expect((await ask("c", { token, api: "streams" })).status).toBe(403);
    expect((await ask("c", { token })).status).toBe(200);
  });
});

function tokenId(): string {
  const find = verifier.engine.serviceTokens.find(verifier.token);
  if (find === null || find instanceof Promise) throw new Error("the service token is not known yet");
  return find.id;
}
