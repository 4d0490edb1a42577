import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { GenericComponentMod } from "next/dist/server/load-components.js";

/** In Next's build: the modules of all pages and routes. */
const MANIFEST = "server/app-paths-manifest.json";

type PageModule = GenericComponentMod & { patchFetch(): void };

/**
 * Loads the modules of all pages of a build, so that nobody waits for that. Next's own `preloadEntriesOnStart` loads all
 * of them at once, for one to two seconds in which nothing is answered, and does not say when it is done. A page that
 * can't be loaded fails when someone opens it. Ends early once `isStopping`. Call it once Next is prepared.
 */
export async function preloadPages(distDir: string, isStopping: () => boolean): Promise<void> {
  // It works only once Next has been prepared.
  const { loadComponents } = await import("next/dist/server/load-components.js");
  const pages: Record<string, string> = JSON.parse(await readFile(join(distDir, MANIFEST), "utf8"));
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
      .catch(() => {});
  }
}
