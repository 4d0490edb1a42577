import { setImmediate as nextTurn } from "node:timers/promises";
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { PendingReplies } from "./pending-replies.ts";

setFlagsFromString("--expose-gc");
const collect: (options?: { type: "minor" }) => void = runInNewContext("gc");

const ROUNDS = 5;
const TURNS = 250;
const COMMANDS_PER_TURN = 20;

/** Bytes of old objects, after a collection of the young ones. */
function oldBytes(): number {
  // An object is old once it has survived two of them.
  collect({ type: "minor" });
  collect({ type: "minor" });
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === "old_space")?.space_used_size ?? 0;
}

test("a collection of young objects frees what a command with a reply has needed", async () => {
  const pending = new PendingReplies();
  const send = async () => {
    for (let turn = 0; turn < TURNS; turn++) {
      const replies = Array.from({ length: COMMANDS_PER_TURN }, (_, at) => {
        // Stands for the check that waits for the reply: about 800 bytes.
        const check = new Array(100).fill(at);
        return pending.wait(nextTurn(at)).then((reply) => check[reply]);
      });
      await Promise.all(replies);
    }
  };
  // The first ones compile the code.
  await send();
  collect();
  const grown: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = oldBytes();
    await send();
    grown.push((oldBytes() - before) / (TURNS * COMMANDS_PER_TURN));
  }
  // The median, because a full collection may happen in a round, or the compiler may work.
  expect(grown.toSorted((a, b) => a - b)[2]).toBeLessThan(150);
});
