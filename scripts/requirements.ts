import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { browserPath } from "#test/browser.ts";
import { ENVOY, TRAEFIK } from "#test/wheel-programs.ts";

/** A program that tests run against. */
export interface Requirement {
  /** Its Debian package, or its name if there is none. */
  package: string;
  /** The command that installs it if Debian has no package. */
  install?: string;
  isInstalled(): boolean;
}

const runs = (program: string, argument: string) => spawnSync(program, [argument]).status === 0;

export const REQUIREMENTS: Requirement[] = [
  { package: "chromium-headless-shell", isInstalled: () => existsSync(browserPath()) },
  {
    package: "redis-server",
    isInstalled: () => runs("redis-server", "--version") || runs("valkey-server", "--version"),
  },
  { package: "nginx", isInstalled: () => runs("nginx", "-v") },
  { package: "caddy", isInstalled: () => runs("caddy", "version") },
  { package: "haproxy", isInstalled: () => runs("haproxy", "-v") },
  { package: "pgbouncer", isInstalled: () => runs("pgbouncer", "--version") },
  {
    package: "systemd",
    isInstalled: () => process.platform !== "linux" || runs("systemd-analyze", "--version"),
  },
  { package: "jq", isInstalled: () => runs("jq", "--version") },
  { package: "curl", isInstalled: () => runs("curl", "--version") },
  { package: "envoy", install: ENVOY.install, isInstalled: ENVOY.isInstalled },
  { package: "traefik", install: TRAEFIK.install, isInstalled: TRAEFIK.isInstalled },
];

/** What only the long matrices need. */
export const LONG_REQUIREMENTS: Requirement[] = [
  { package: "prometheus", isInstalled: () => runs("promtool", "--version") },
];

/** The requirements that are not installed. */
export function missingRequirements(requirements = REQUIREMENTS): Requirement[] {
  return requirements.filter((each) => !each.isInstalled());
}

/** One command that installs all of it on Debian or Ubuntu; as root without `sudo`. */
export function installCommand(missing: readonly Requirement[], { asRoot = false } = {}): string {
  const sudo = asRoot ? "" : "sudo ";
  const packages = missing.filter(({ install }) => install === undefined).map((each) => each.package);
  const debian =
    packages.length === 0
      ? []
      : [
          `${sudo}apt-get update -q`,
          `${sudo}apt-get install -yq --no-install-recommends ${packages.join(" ")}`,
        ];
  return [...debian, ...missing.flatMap(({ install = [] }) => install)].join(" && ");
}
