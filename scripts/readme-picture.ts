import { fileURLToPath } from "node:url";
import { cookiesOf, launchBrowser } from "#test/browser.ts";
import { freshDeployment } from "../bench/lib/database.ts";
import { startPortal } from "../bench/lib/portal.ts";
import { signIn } from "../bench/lib/session.ts";

/** `node scripts/readme-picture.ts`: takes the README's screenshots of the demo in both themes. */
const IMAGES = fileURLToPath(new URL("../docs/images/", import.meta.url));
const PORT = 4714;

const deployment = await freshDeployment(1_000_000);
const portal = await startPortal(deployment, PORT);
const browser = await launchBrowser();
try {
  const cookies = cookiesOf(await signIn(portal.url), portal.url);
  const [project] = deployment.demo.projects;
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 1_440, height: 680 },
      reducedMotion: "reduce",
      locale: "en-US",
      timezoneId: "UTC",
    });
    await context.addCookies(cookies);
    const page = await context.newPage();
    await page.goto(`${portal.url}/projects/${project?.id}/usage?range=90d`, { waitUntil: "networkidle" });
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: `${IMAGES}overview-${colorScheme}.png` });
    await context.close();
  }
} finally {
  await browser.close();
  await portal.stop();
  await deployment.remove();
}
