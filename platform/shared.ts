/**
 * One value per process. Next bundles what pages and routes import, apart from the modules that the custom
 * server loads, and again on each reload while developing: module scope is not one per process, this is.
 */
export function shared<T>(name: string, make: () => T): T {
  const key = Symbol.for(`latchkey.${name}`);
  const store = globalThis as { [slot: symbol]: unknown };
  store[key] ??= make();
  return store[key] as T;
}

/** The folder of the project. What Next has bundled does not know where it came from: `server/start.ts` says it. */
export function projectRoot(): string {
  return shared("root", () => process.cwd());
}

/** Forgets the value, so that the next asker makes a new one. */
export function forgetShared(name: string): void {
  delete (globalThis as { [slot: symbol]: unknown })[Symbol.for(`latchkey.${name}`)];
}
