import { expect, test } from "vitest";
import { FastCall } from "./fast-call.ts";

test("a request that waits to be rejected does not keep the bytes of its body", () => {
  const head = { kind: "single", method: "POST", url: "/api/v1/keys/verify", headers: {} } as const;
  const call = new FastCall({} as never, head, Buffer.alloc(16_000));
  const sizes: number[] = [];
  const read = () => call.readBody(20_000, expect.unreachable, (body) => sizes.push(body.length));
  read();
  call.discardBody();
  read();
  expect(sizes).toEqual([16_000, 0]);
});
