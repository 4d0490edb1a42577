import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./server.ts";

/** Installs a peer in its own folder, because it is not part of the product. Returns the folder. */
export function installPeer(name: "better-auth" | "bun"): string {
  const folder = join(ROOT, "bench/peers", name);
  const ended = spawnSync("npm", ["ci"], { cwd: folder, encoding: "utf8" });
  if (ended.status !== 0) throw new Error(`${name} could not be installed:\n${ended.stderr}`);
  return folder;
}
