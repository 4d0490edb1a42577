/** The parts of package-lock.json that matter here. */
export interface Lockfile {
  packages: Record<string, LockedPackage>;
}

interface LockedPackage {
  version?: string;
  integrity?: string;
  link?: boolean;
  inBundle?: boolean;
  /** Only for development. */
  dev?: boolean;
  engines?: unknown;
  bin?: Record<string, string>;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const INSTALLED = /(^|\/)node_modules\//;
const NODE_RUNTIME = /^node_modules\/node-(bin-)?(linux|darwin)-\w+$/;

/**
 * Removes what makes npm warn or fail on an older Node.js: `engines`, which npm compares with the Node.js that runs
 * npm although the packages run on the locked one, and the `bin` of the locked Node.js packages, of which npm 10
 * removes the link when it skips those for other platforms (`scripts/runtime` provides the link instead).
 * Changes `lock` and returns the paths of the packages that it changed.
 */
export function makePortable(lock: Lockfile): string[] {
  const changed: string[] = [];
  for (const [path, locked] of Object.entries(lock.packages)) {
    if (!INSTALLED.test(path)) continue;
    const hadEngines = "engines" in locked;
    const hadBin = NODE_RUNTIME.test(path) && "bin" in locked;
    if (!hadEngines && !hadBin) continue;
    delete locked.engines;
    if (hadBin) delete locked.bin;
    changed.push(path);
  }
  return changed;
}

/**
 * The packages that npm would install without comparing their contents with a hash. Links to folders of this
 * repository have none, and a bundled package is part of the package that contains it.
 */
export function withoutIntegrity(lock: Lockfile): string[] {
  return Object.entries(lock.packages)
    .filter(([path, locked]) => INSTALLED.test(path) && !locked.link && !locked.inBundle && !locked.integrity)
    .map(([path]) => path);
}

/**
 * The product's dependencies without an entry, such as packages for other platforms: npm leaves them out without a
 * warning if the registry does not have them, and `npm ci` may then fail because the lock file is not in sync.
 */
export function missingDependencies({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([path, { dev, dependencies, optionalDependencies }]) =>
    Object.keys(dev ? {} : { ...dependencies, ...optionalDependencies })
      .filter((name) => !foldersAbove(path).some((folder) => `${folder}node_modules/${name}` in packages))
      .map((name) => `${name} of ${path || "the project"}`),
  );
}

/** The folders in whose `node_modules` Node.js looks for what the package at `path` imports. */
function foldersAbove(path: string): string[] {
  const parts = path.split("/");
  return ["", ...parts.map((_, index) => `${parts.slice(0, index + 1).join("/")}/`)];
}

/** The version of each Node.js package, by its name. */
export function lockedNodeVersions(lock: Lockfile): Record<string, string> {
  const runtimes = Object.entries(lock.packages).filter(([path]) => NODE_RUNTIME.test(path));
  return Object.fromEntries(
    runtimes.map(([path, { version = "" }]) => [path.replace("node_modules/", ""), version]),
  );
}
