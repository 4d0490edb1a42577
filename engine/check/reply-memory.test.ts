import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { verdictReply } from "./reply.ts";
import { StoredReplies } from "./stored-replies.ts";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

/** Bytes on the heap that the garbage collector can't free. */
function heapBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

test("stored replies take no memory on the heap, where each would make garbage collections longer", () => {
  const stored = new StoredReplies(() => 0);
  const store = (from: number, to: number) => {
    for (let n = from; n < to; n++) {
      const body = JSON.stringify({ valid: true, requestId: `req_${n}`, description: "x".repeat(300) });
      stored.begin(
        "svt_1",
        `key_${n}_of_a_request`,
        "a hash of 32 bytes, encoded as base64 text",
      )(verdictReply(`req_${n}`, body));
    }
  };
  // The first ones compile the code.
  store(0, 1_000);
  const before = heapBytes();
  store(1_000, 51_000);
  expect((heapBytes() - before) / 50_000).toBeLessThan(16);
  expect(stored.find("svt_1", "key_1000_of_a_request")?.reply?.body).toContain("req_1000");
});
