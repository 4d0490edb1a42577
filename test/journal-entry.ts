import type { CheckEntry } from "#engine/journal/entry.ts";

/** The journal entry of an allowed check, with these fields changed. */
export function allowedCheck(change: Partial<CheckEntry> = {}): CheckEntry {
  return {
    atMs: Date.UTC(2026, 10, 23, 12),
    code: "VALID",
    projectId: "prj_1",
    keyId: "key_1",
    secretId: "sec_1",
    api: "badges",
    operation: "",
    environment: "live",
    units: 1,
    seen: { address: "198.51.100.7", origin: "", app: "" },
    trial: null,
    details: null,
    ...change,
  };
}
