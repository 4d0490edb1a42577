import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { ROOT, type Server, startServer } from "./server.ts";

/** Installs a peer in its own folder, because it is not part of the product. Returns the folder. */
export function installPeer(name: "better-auth" | "bun" | "lighthouse"): string {
  const folder = join(ROOT, "bench/peers", name);
  const ended = spawnSync("npm", ["ci"], { cwd: folder, encoding: "utf8" });
  if (ended.status !== 0) throw new Error(`${name} could not be installed:\n${ended.stderr}`);
  return folder;
}

/** Starts Bun's own server, which answers `responseBytes` bytes as the bare server does. */
export function startBun(port: number, responseBytes: number): Promise<Server> {
  const folder = installPeer("bun");
  // The package's install script would copy it to one place; install scripts are not run.
  const [program] = globSync("node_modules/@oven/bun-*/bin/bun{,.exe}", { cwd: folder });
  if (program === undefined) throw new Error("the npm package bun has no program for this system");
  return startServer({
    program: join(folder, program),
    args: ["server.mjs"],
    cwd: folder,
    env: { PORT: String(port), ANSWER_BYTES: String(responseBytes) },
    url: `http://127.0.0.1:${port}`,
    readyPath: "/",
  });
}
