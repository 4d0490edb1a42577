import type { SdkDeployment } from "../../../test/sdk-deployment.ts";

/** The portal and verifier that `npm run test:sdk` has started. */
export function deployment(): SdkDeployment {
  const json = process.env.LATCHKEY_SDK_DEPLOYMENT;
  if (json === undefined) throw new Error("Run these tests with npm run test:sdk.");
  return JSON.parse(json);
}
