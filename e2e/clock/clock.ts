import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "@playwright/test";

/** The system time of a deployment and of its browser. */
export interface JourneyClock {
  /** Environment of the deployment's processes. */
  env: Record<string, string>;
  now(): number;
  /** Advances the deployment's time, and the browser's if a page is given. */
  advance(ms: number, page?: Page): Promise<void>;
  remove(): void;
}

export function makeJourneyClock(): JourneyClock {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-clock-"));
  const file = join(folder, "offset");
  let offset = 0;
  const write = () => writeFileSync(file, String(offset));
  write();
  return {
    env: {
      E2E_CLOCK_FILE: file,
      NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, "register.ts"))}`,
    },
    now: () => Date.now() + offset,
    async advance(ms, page) {
      offset += ms;
      write();
      await page?.clock.setFixedTime(Date.now() + offset);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
