import type { ModelCheck } from "./model.ts";
import type { OwnedKey } from "./product-and-model.ts";
import { ADDRESSES, APIS, CALLING_APPS, type Entries, NEEDED_SCOPES, OPERATIONS, PAGES } from "./rules.ts";
import type { Choose } from "./settings.ts";

/** A check from any client. */
export function anyCheck(pick: Choose): ModelCheck {
  const operation = pick([...OPERATIONS, undefined]);
  return {
    api: pick(APIS),
    operation,
    neededScopes: operation === undefined ? undefined : NEEDED_SCOPES[operation],
    requiredScopes: pick([undefined, undefined, undefined, ["all:write"], ["all:audit", "all:read"]]),
    clientIp: pick(ADDRESSES),
    referrer: pick(PAGES),
    app: pick(CALLING_APPS),
    cost: pick([0, 1, 1, 1, 3]),
  };
}

/** Entries that restrict a key of this project. */
export function anyEntries(pick: Choose, { project }: OwnedKey): Entries {
  const apis = pick([
    [],
    [{ api: "badges", operations: [] }],
    [{ api: "badges", operations: [], scopes: ["all:read"] }],
    [
      { api: "badges", operations: ["read", "write"], scopes: ["all:audit", "all:read"] },
      { api: "search", operations: [], scopes: ["all:write"] },
    ],
    [
      { api: "search", operations: ["read"] },
      { api: "badges", operations: ["write", "read"] },
    ],
  ]);
  return {
    // A restriction to an API that the project has not enabled is rejected.
    apis: apis.filter(({ api }) => project.model.apis.has(api)),
    networks: pick([[], [], [], ["10.1.0.0/16"], ["10.2.3.0/24", "10.1.0.0/16"]] as const),
    sites: pick([[], [], [], ["*.example.org/shop*"], ["https://app.example.com"]] as const),
    app: pick([null, null, null, "ios", "android"] as const),
  };
}
