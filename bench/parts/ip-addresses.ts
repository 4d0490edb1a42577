import { NO_SCOPES } from "#core/check.ts";
import { NO_CLIENT } from "#core/client.ts";
import { compileRestrictions } from "#core/restrictions/compile.ts";
import { evaluateKind } from "#core/restrictions/evaluate.ts";
import { NO_RESTRICTIONS } from "#core/restrictions/types.ts";
import { type Goal, median, shown } from "../lib/goal.ts";

const LOOK_UPS = 200_000;
const ROUNDS = 9;

/** The cost of matching an IP address as lists grow, including parsing the text that the service sent. */
export function measureIpAddresses(): Goal {
  const clients = Array.from({ length: 1_000 }, (_, n) => ({
    ...NO_CLIENT,
    clientIp: `10.0.${n & 255}.9:51234`,
  }));
  const nanosFor = (count: number) => {
    const ips = Array.from({ length: count - 1 }, (_, n) => `11.${n >> 8}.${n & 255}.0/24`);
    const rules = compileRestrictions({ ...NO_RESTRICTIONS, ips: ["10.0.0.0/16", ...ips] });
    const startedAt = performance.now();
    for (let n = 0; n < LOOK_UPS; n++) {
      const client = clients[n % clients.length] ?? NO_CLIENT;
      const request = {
        requestId: "",
        api: "badges",
        operation: null,
        call: null,
        cost: 1,
        ...NO_SCOPES,
        client,
      };
      if (evaluateKind("ips", rules, request) !== null) throw new Error("an IP address was denied");
    }
    return ((performance.now() - startedAt) * 1e6) / LOOK_UPS;
  };
  nanosFor(1);
  const rounds = Array.from({ length: ROUNDS }, () => ({ one: nanosFor(1), thousand: nanosFor(1_000) }));
  return {
    name: "IP addresses: matching a client's against 1,000 networks, compared with 1",
    measured: median(rounds.map(({ one, thousand }) => thousand / one)),
    limit: 2,
    is: "at most",
    unit: "times",
    details: [
      `one network: ${shown(median(rounds.map(({ one }) => one)))} ns`,
      `1,000 networks: ${shown(median(rounds.map(({ thousand }) => thousand)))} ns`,
    ],
  };
}
