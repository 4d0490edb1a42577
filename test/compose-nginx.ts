import { type ChildProcess, spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "./ports.ts";

/** nginx with the configuration of compose.yaml, in front of these verifiers (host and port). `dir` gets its files. */
export async function startComposeNginx(
  dir: string,
  verifiers: readonly string[],
): Promise<{ child: ChildProcess; port: number }> {
  const port = await freePort();
  let config = (await readFile("deploy/compose/nginx.conf", "utf8"))
    .replace("listen 8080", `listen 127.0.0.1:${port}`)
    .replaceAll("/tmp/", `${dir}/`);
  for (const [at, verifier] of verifiers.entries()) {
    config = config.replace(`verifier-${at + 1}:3001`, verifier);
  }
  const file = join(dir, "nginx.conf");
  await writeFile(file, config);
  // Workers of root would be another user, who may not enter the folder.
  const user = process.getuid?.() === 0 ? "user root;" : "";
  const args = ["-p", dir, "-c", file, "-e", "stderr", "-g", `daemon off; ${user}`];
  return { child: spawn("nginx", args, { stdio: "ignore" }), port };
}
