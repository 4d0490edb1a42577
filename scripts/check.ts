import { spawn, spawnSync } from "node:child_process";

/** `npm run check`: static checks without a database or a browser, in under a minute. */
const FOLDERS = [
  "app",
  "core",
  "platform",
  "db",
  "engine",
  "domain",
  "verifier",
  "server",
  "components",
  "cli",
  "demo",
  "sdk",
];
const BIN = "node_modules/.bin";
const CHECKS: { name: string; command: string[] }[] = [
  {
    name: "formatting and lint",
    command: [`${BIN}/biome`, "ci", "--colors=off", "--error-on-warnings", "."],
  },
  // By its path: `.bin/tsc` can be version 6.0, which dependency-cruiser needs.
  { name: "types", command: [process.execPath, "node_modules/typescript/bin/tsc", "--noEmit"] },
  {
    name: "boundaries",
    command: [
      process.execPath,
      "--import",
      "./scripts/typescript-6.ts",
      "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs",
      "--config",
      ".dependency-cruiser.mjs",
      "--output-type",
      "err",
      ...FOLDERS,
    ],
  },
  { name: "dead code", command: [`${BIN}/knip`] },
  { name: "release tag", command: [process.execPath, "scripts/check-release.ts"] },
  { name: "lock file", command: [process.execPath, "scripts/check-lockfile.ts"] },
  { name: "migrations match the schema", command: [process.execPath, "scripts/check-migrations.ts"] },
];

const results = await Promise.all(CHECKS.map(run));
console.log(spawnSync(process.execPath, ["scripts/counts.ts"], { encoding: "utf8" }).stdout);
process.exitCode = results.every(Boolean) ? 0 : 1;

async function run({ name, command }: (typeof CHECKS)[number]): Promise<boolean> {
  const startedAt = performance.now();
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    // The output is buffered, so it must not contain terminal colors.
    env: { ...process.env, NO_COLOR: "1" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  const passed = await new Promise<boolean>((resolve) => child.on("close", (code) => resolve(code === 0)));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${passed ? "passed" : "FAILED"}  ${name} (${seconds} s)`);
  if (!passed) console.log(output);
  return passed;
}
