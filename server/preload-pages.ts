import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { GenericComponentMod } from "next/dist/server/load-components.js";

/** In Next's build: the modules of all pages and routes. */
const MANIFEST = "server/app-paths-manifest.json";

type PageModule = GenericComponentMod & { patchFetch(): void };

/**
 * Loads the modules of all pages of a build, so that nobody waits for that. Next's own `preloadEntriesOnStart` loads all
 * of them at once, for one to two seconds in which nothing is answered, and does not say when it is done; it has no
 * public function for one page. Ends early once `isStopping`. Call it once Next is prepared.
 *
 * Throws if it could not load all of them: a page with an error, which fails when someone opens it, or another version
 * of Next, in which this function has changed.
 */
export async function preloadPages(distDir: string, isStopping: () => boolean): Promise<void> {
  // It works only once Next has been prepared.
  const { loadComponents } = await import("next/dist/server/load-components.js");
  const pages: Record<string, string> = JSON.parse(await readFile(join(distDir, MANIFEST), "utf8"));
  const errors: unknown[] = [];
  for (const page of Object.keys(pages)) {
    if (isStopping()) return;
    await nextTurn();
    await loadComponents<PageModule>({
      distDir,
      page,
      isAppPath: true,
      isDev: false,
      sriEnabled: false,
      needsManifestsForLegacyReasons: false,
    })
      // As Next does, before the module of a page changes `fetch` itself.
      .then(({ ComponentMod }) => ComponentMod.patchFetch())
      .catch((error: unknown) => errors.push(error));
  }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} pages could not be loaded`);
}
