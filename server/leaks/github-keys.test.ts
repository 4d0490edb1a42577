import { generateKeyPairSync, sign } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import { type Clock, makeClock } from "#test/people.ts";
import { GithubKeys, GithubKeysUnavailable } from "./github-keys.ts";

const BODY = Buffer.from("[]");
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const SIGNATURE = sign("sha256", BODY, privateKey).toString("base64");
const ANSWER = {
  public_keys: [{ key_identifier: "abc", key: String(publicKey.export({ type: "spki", format: "pem" })) }],
};

let clock: Clock;
let fetches: number;
let isDown: boolean;
let keys: GithubKeys;
beforeEach(() => {
  [clock, fetches, isDown] = [makeClock(), 0, false];
  keys = new GithubKeys({
    url: "https://keys.example.com",
    now: clock.now,
    async fetchKeys() {
      fetches++;
      if (isDown) throw new Error("away");
      return ANSWER;
    },
  });
});

const signed = (id = "abc") => keys.signed(BODY, id, SIGNATURE);
/** Many at once. */
const manyAtOnce = (id?: string) => Promise.allSettled(Array.from({ length: 10 }, () => signed(id)));

test("keys are fetched once, and once more for an unknown id, however many ids are invented", async () => {
  for (let n = 0; n < 5; n++) expect(await signed()).toBe(true);
  expect(fetches).toBe(1);
  clock.advance(61_000);
  for (let n = 0; n < 5; n++) expect(await signed(`made-up-${n}`)).toBe(false);
  expect(fetches).toBe(2);
  clock.advance(HOUR_MS);
  await signed();
  expect(fetches).toBe(3);
});

test("many callers at once wait for one fetch", async () => {
  expect(await manyAtOnce()).toEqual(Array(10).fill({ status: "fulfilled", value: true }));
  expect(fetches).toBe(1);
});

test("a source that is unavailable is tried once a minute, however many callers there are", async () => {
  isDown = true;
  for (const { reason } of (await manyAtOnce()) as PromiseRejectedResult[])
    expect(reason).toBeInstanceOf(GithubKeysUnavailable);
  clock.advance(59_000);
  await expect(signed()).rejects.toBeInstanceOf(GithubKeysUnavailable);
  expect(fetches).toBe(1);
  clock.advance(1_000);
  await manyAtOnce();
  expect(fetches).toBe(2);
});

test("a known key stays valid for a week while the source is unavailable; an unknown one is not rejected", async () => {
  expect(await signed()).toBe(true);
  isDown = true;
  clock.advance(6 * DAY_MS);
  expect(await signed()).toBe(true);
  await expect(signed("made-up")).rejects.toBeInstanceOf(GithubKeysUnavailable);
  expect(fetches).toBe(2);
  clock.advance(DAY_MS);
  await expect(signed()).rejects.toBeInstanceOf(GithubKeysUnavailable);
});
