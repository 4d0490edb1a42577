import { test as base, type Page } from "@playwright/test";
import { type JourneyClock, makeJourneyClock } from "./clock/clock.ts";
import { newPostgresDatabase } from "./demo-databases.ts";
import { type Deployment, startDeployment } from "./deployment.ts";

export interface DeploymentOptions {
  dialect: "sqlite" | "postgres";
}

interface Deployments {
  /** Without data. */
  empty: Deployment;
  /** With the demo's data. */
  demo: Deployment;
  /** With the demo's data, and a clock that the journey advances. */
  timed: Deployment & { clock: JourneyClock };
}

/** A journey through a fresh deployment on the database of the Playwright project. */
export const test = base.extend<object, DeploymentOptions & Deployments>({
  dialect: ["sqlite", { option: true, scope: "worker" }],
  page: ({ page }, use) => use(withHydrationWait(page)),
  empty: [
    async ({ dialect }, use) => {
      const deployment = await startDeployment({ demo: false, databaseUrl: await databaseOf(dialect) });
      await use(deployment);
      await deployment.stop();
    },
    { scope: "worker", timeout: 360_000 },
  ],
  demo: [
    async ({ dialect }, use) => {
      const deployment = await startDeployment({
        demo: true,
        databaseUrl: await databaseOf(dialect, { demo: true }),
      });
      await use(deployment);
      await deployment.stop();
    },
    { scope: "worker", timeout: 360_000 },
  ],
  timed: [
    async ({ dialect }, use) => {
      const clock = makeJourneyClock();
      const deployment = await startDeployment({
        demo: true,
        databaseUrl: await databaseOf(dialect, { demo: true }),
        // The receiver of a billing export is on this machine.
        env: { ...clock.env, LATCHKEY_WEBHOOKS_TO_PRIVATE: "allow" },
      });
      await use({ ...deployment, clock });
      await deployment.stop();
      clock.remove();
    },
    { scope: "worker", timeout: 360_000 },
  ],
});

export { expect } from "@playwright/test";

/**
 * Makes navigation wait until React has hydrated the page: what is pressed earlier is repeated later, and a journey that
 * reads the page in between would find nothing.
 */
export function withHydrationWait(page: Page): Page {
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
  page.goto = async (...where) => {
    const response = await goto(...where);
    await waitForHydration(page);
    return response;
  };
  page.reload = async (...how) => {
    const response = await reload(...how);
    await waitForHydration(page);
    return response;
  };
  return page;
}

/** React adds a property to every element that it has hydrated. */
export async function waitForHydration(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const isOurs = document.querySelector('script[src*="/_next/"]') !== null;
      const buttons = [...document.querySelectorAll("button")];
      return (
        !isOurs || buttons.every((button) => Object.keys(button).some((key) => key.startsWith("__react")))
      );
    },
    undefined,
    // By default it asks with each frame, which makes the browser render one.
    { polling: 50 },
  );
}

/** The URL of a new database, empty or with the demo's data; undefined for a SQLite file in the data directory. */
export async function databaseOf(
  dialect: DeploymentOptions["dialect"],
  { demo = false } = {},
): Promise<string | undefined> {
  return dialect === "postgres" ? await newPostgresDatabase({ demo }) : undefined;
}
