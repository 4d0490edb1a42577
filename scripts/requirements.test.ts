import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { missingPackages } from "./requirements.ts";

test("what is not installed is named by its package", () => {
  const requirement = (name: string, installed: boolean) => ({ package: name, isInstalled: () => installed });
  expect(missingPackages([requirement("a", true), requirement("b", false)])).toEqual(["b"]);
});

test("npm test installs nothing: each missing program is a failure, named with the command", () => {
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
    expect(stdout).toMatch(/apt-get install .*redis-server nginx caddy haproxy pgbouncer$/m);
    // Five servers, and the browser where there is none.
    expect(stdout.trim().split("\n").at(-1)).toMatch(/^0 passed, [56] failed$/);
    expect(status).toBe(1);
    expect(["apt-get", "sudo"].filter((name) => existsSync(join(bin, `${name}.ran`)))).toEqual([]);
  } finally {
    rmSync(bin, { recursive: true, force: true });
  }
});
