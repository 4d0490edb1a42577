import { expect, test } from "vitest";
import type { Denial } from "#domain/keys/denials/schema.ts";
import { groupDenials } from "./group-denials.ts";

const denial = (id: string, time: string, clientIp: string) =>
  ({ id, time, keyId: "key_1", code: "IP_NOT_ALLOWED", client: { clientIp } }) as Denial;

test("denied requests that differ only in their time are one row with the newest and the oldest time", () => {
  const items = [denial("c", "03", "a"), denial("b", "02", "b"), denial("a", "01", "a")];
  expect(groupDenials(items).map(({ item, count, since }) => [item.id, count, since])).toEqual([
    ["c", 2, "01"],
    ["b", 1, "02"],
  ]);
});
