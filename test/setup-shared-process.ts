import { afterAll, vi } from "vitest";

const PREFIX = "latchkey.";

// Test files of a project run one after the other in the same process, with the same modules. What a file leaves behind
// must not reach the next one.
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  // The values of `platform/process-singleton.ts`.
  const store = globalThis as { [slot: symbol]: unknown };
  for (const slot of Object.getOwnPropertySymbols(globalThis)) {
    if (slot.description?.startsWith(PREFIX)) delete store[slot];
  }
});
