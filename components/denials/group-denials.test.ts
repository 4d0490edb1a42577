import { expect, test } from "vitest";
import { NO_CLIENT } from "#core/client.ts";
import type { Denial } from "#domain/keys/denials/schema.ts";
import { groupDenials } from "./group-denials.ts";

const denial = (id: string, time: string, clientIp: string, operation = "badges.list"): Denial => ({
  id,
  time,
  keyId: "key_1",
  keyName: "checkout",
  environment: "live",
  code: "IP_NOT_ALLOWED",
  api: "badges",
  operation,
  observed: { clientIp },
  words: "",
  client: { ...NO_CLIENT, clientIp },
  remedy: null,
  noRemedy: null,
});

test("denied requests with the same reason are one row with the newest and the oldest time, whatever they called", () => {
  const items = [denial("c", "03", "a"), denial("b", "02", "b"), denial("a", "01", "a", "badges.sync")];
  expect(groupDenials(items).map(({ item, count, since }) => [item.id, count, since])).toEqual([
    ["c", 2, "01"],
    ["b", 1, "02"],
  ]);
});
