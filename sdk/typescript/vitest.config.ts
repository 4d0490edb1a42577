import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A wait ends when its condition holds: a longer limit only matters on a busy machine.
    expect: { poll: { timeout: 15_000, interval: 20 } },
  },
});
