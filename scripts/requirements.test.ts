import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installCommand, missingRequirements } from "./requirements.ts";

test("missing programs are named, with one command that installs all of them", () => {
  const requirement = (name: string, installed: boolean) => ({ package: name, isInstalled: () => installed });
  const requirements = [
    requirement("a", true),
    requirement("b", false),
    requirement("c", false),
    { ...requirement("d", false), install: "pip install d" },
  ];
  const missing = missingRequirements(requirements);
  expect(missing.map((each) => each.package)).toEqual(["b", "c", "d"]);
  expect(installCommand(missing)).toMatch(/^sudo apt-get update .* b c && pip install d$/);
  expect(installCommand(missing, { asRoot: true })).not.toContain("sudo");
  expect(installCommand([])).toBe("");
});

test("npm test installs nothing: each missing program is a failure and is named with the install command", () => {
  const bin = mkdtempSync(join(tmpdir(), "latchkey-path-"));
  try {
    symlinkSync(process.execPath, join(bin, "node"));
    for (const name of ["apt-get", "sudo"]) {
      writeFileSync(join(bin, name), `#!/bin/sh\n: > '${bin}/${name}.ran'\n`, { mode: 0o755 });
    }
    const { stdout, status } = spawnSync(process.execPath, ["scripts/test.ts"], {
      encoding: "utf8",
      env: { ...process.env, PATH: bin },
    });
    expect(stdout).toMatch(/apt-get install .*redis-server nginx caddy haproxy pgbouncer( systemd)?/m);
    // Seven programs and systemd on Linux, and the browser, Envoy and Traefik unless they are found without the PATH.
    expect(stdout.trim().split("\n").at(-1)).toMatch(/^0 passed, ([7-9]|1[01]) failed$/);
    expect(status).toBe(1);
    expect(["apt-get", "sudo"].filter((name) => existsSync(join(bin, `${name}.ran`)))).toEqual([]);
  } finally {
    rmSync(bin, { recursive: true, force: true });
  }
});
