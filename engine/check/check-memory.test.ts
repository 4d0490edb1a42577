import { setImmediate as nextTurn } from "node:timers/promises";
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { makeKey } from "#test/people.ts";
import { startTestVerifier } from "#test/test-verifier.ts";
import { answer } from "./answer.ts";

setFlagsFromString("--expose-gc");
const collect: (options?: { type: "minor" }) => void = runInNewContext("gc");

const ROUNDS = 5;
const CHECKS = 5_000;
const CHECKS_PER_TURN = 20;

/** Bytes of old objects, after a collection of the young ones. */
function oldBytes(): number {
  // An object is old once it has survived two of them.
  collect({ type: "minor" });
  collect({ type: "minor" });
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === "old_space")?.space_used_size ?? 0;
}

test("a collection of young objects frees what a check with an Idempotency-Key has needed", async () => {
  const verifier = await startTestVerifier();
  const { engine, token, ctx, projectId } = verifier;
  try {
    const { secret } = await makeKey(ctx, projectId);
    await verifier.verdict(secret);
    const body = Buffer.from(JSON.stringify({ key: secret, api: "badges" }));
    const request = { batch: false, authorization: `Bearer ${token}`, contentType: "application/json", body };
    const observer = { answered() {}, failed() {} };
    let sent = 0;
    let answered = 0;
    const respond = ({ status }: { status: number }) => {
      if (status === 200) answered++;
    };
    const check = async () => {
      for (let n = 0; n < CHECKS; n++) {
        sent++;
        answer(engine, { ...request, idempotencyKey: `key_${sent}` }, observer, respond);
        // The journal is written once in a turn of the event loop.
        if (n % CHECKS_PER_TURN === 0) await nextTurn();
      }
      await nextTurn();
    };
    // The first ones compile the code.
    await check();
    collect();
    const grown: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const before = oldBytes();
      await check();
      grown.push((oldBytes() - before) / CHECKS);
    }
    // The median, because a full collection may happen in a round, or the compiler may work.
    expect(grown.toSorted((a, b) => a - b)[2]).toBeLessThan(150);
    expect(answered).toBe(sent);
  } finally {
    await verifier.stop();
  }
});
