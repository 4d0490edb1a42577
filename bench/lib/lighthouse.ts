import { spawnSync } from "node:child_process";
import { browserPath, WITH_WINDOWS } from "#test/browser.ts";
import { installPeer } from "./peers.ts";

interface LighthouseInput {
  /** Each page is measured this often; the run with the median performance counts. */
  runs: number;
  pages: { url: string; cookie: string | null }[];
}

/** The scores of a page, 0 to 100. */
export interface Scores {
  url: string;
  profile: "desktop" | "mobile";
  performance: number;
  accessibility: number;
  "best-practices": number;
  /** By Lighthouse's id of the metric, ms but for the layout shift. */
  metrics: Record<string, number>;
  /** Ids of failed audits other than those of performance. */
  failed: string[];
  /** The largest layout shifts: how far, which element, and why. */
  shifts: string[];
}

const MAX_OUTPUT_BYTES = 10_000_000;

/** Measures pages on Lighthouse's desktop and mobile profiles. */
export function runLighthouse(input: LighthouseInput): Scores[] {
  const ended = spawnSync(process.execPath, ["measure.mjs"], {
    cwd: installPeer("lighthouse"),
    input: JSON.stringify({ ...input, chromePath: browserPath(WITH_WINDOWS) }),
    encoding: "utf8",
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  if (ended.status !== 0) throw new Error(`Lighthouse failed:\n${ended.stderr}`);
  return JSON.parse(ended.stdout);
}
