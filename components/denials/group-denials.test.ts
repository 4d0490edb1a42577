import { expect, test } from "vitest";
import type { Denial } from "#domain/keys/denials/schema.ts";
import { groupDenials } from "./group-denials.ts";

const denial = (id: string, time: string, clientIp: string, operation = "badges.list") =>
  ({
    id,
    time,
    keyId: "key_1",
    code: "IP_NOT_ALLOWED",
    observed: { clientIp },
    operation,
  }) as unknown as Denial;

test("denied requests with the same reason are one row with the newest and the oldest time, whatever they called", () => {
  const items = [denial("c", "03", "a"), denial("b", "02", "b"), denial("a", "01", "a", "badges.sync")];
  expect(groupDenials(items).map(({ item, count, since }) => [item.id, count, since])).toEqual([
    ["c", 2, "01"],
    ["b", 1, "02"],
  ]);
});
