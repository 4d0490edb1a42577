import { SecretsPanel } from "#components/rotation/secrets-panel.tsx";
import { readRotation } from "#domain/keys/rotation/read.ts";
import type { Key } from "#domain/keys/schema.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { enabledApis } from "../../project.ts";
import { changeOverlapEnd, endSecret, recentTraffic, revokeAtOnce, rotateKey } from "../actions.ts";

export async function KeySecrets({ subject, mayChange }: { subject: Key; mayChange: boolean }) {
  const { projectId, id: keyId } = subject;
  const [{ rotation }, apis, { settings }] = await Promise.all([
    readForPage(readRotation, { projectId, keyId }),
    enabledApis(projectId),
    pageCtx(),
  ]);
  const actions = {
    rotate: rotateKey,
    revoke: revokeAtOnce,
    endSecret,
    changeEnd: changeOverlapEnd,
    recentTraffic,
  };
  return (
    <SecretsPanel
      subject={subject}
      rotation={rotation}
      apis={apis}
      portalUrl={settings.url}
      actions={mayChange ? actions : null}
    />
  );
}
