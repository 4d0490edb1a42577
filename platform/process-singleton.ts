/**
 * One value per process. Next bundles the modules of pages and routes separately from those of the custom server, and
 * again on each reload in development, so a process can have several instances of one module.
 */
export function processSingleton<T>(name: string, make: () => T): T {
  const key = Symbol.for(`latchkey.${name}`);
  const store = globalThis as { [slot: symbol]: unknown };
  store[key] ??= make();
  return store[key] as T;
}

/** The folder of the project. Bundled modules don't know their location, so `server/start.ts` sets it. */
export function projectRoot(): string {
  return processSingleton("root", () => process.cwd());
}

/** Removes the value, so that the next call of `processSingleton` creates a new one. */
export function clearProcessSingleton(name: string): void {
  delete (globalThis as { [slot: symbol]: unknown })[Symbol.for(`latchkey.${name}`)];
}
