import { test as base } from "@playwright/test";
import { type Deployment, startDeployment } from "./deployment.ts";
import { freshPostgresDatabase } from "./postgres.ts";

export interface DeploymentOptions {
  dialect: "sqlite" | "postgres";
}

/** A journey through a fresh, empty deployment on the database of the Playwright project. */
export const test = base.extend<object, DeploymentOptions & { empty: Deployment; demo: Deployment }>({
  dialect: ["sqlite", { option: true, scope: "worker" }],
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
      const deployment = await startDeployment({ demo: true, databaseUrl: await databaseOf(dialect) });
      await use(deployment);
      await deployment.stop();
    },
    { scope: "worker", timeout: 360_000 },
  ],
});

export { expect } from "@playwright/test";

/** The URL of an empty database of this dialect; undefined for a SQLite file of the deployment's own. */
export async function databaseOf(dialect: DeploymentOptions["dialect"]): Promise<string | undefined> {
  return dialect === "postgres" ? await freshPostgresDatabase() : undefined;
}
