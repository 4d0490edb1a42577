"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { KeyWithSecret } from "#domain/keys/types.ts";
import type { SeenAddress } from "../restrictions/types.ts";
import { useNewParam } from "../ui/use-url-state.ts";
import type { KeyActions } from "./actions.ts";
import type { KeyApi } from "./new-key-form.tsx";
import { keySnippets } from "./snippets.ts";

const dialogs = () => import("./new-key-dialogs.ts");
const NewKeyForm = dynamic(() => dialogs().then((module) => module.NewKeyForm), { ssr: false });
const SecretOnce = dynamic(() => dialogs().then((module) => module.SecretOnce), { ssr: false });

interface NewKeyProps {
  projectId: string;
  apis: KeyApi[];
  /** Where the portal sees this browser. */
  seen: SeenAddress | null;
  /** The site's rule: a live key must be restricted to where it is used from. */
  liveNeedsApplication: boolean;
  portalUrl: string;
  create: KeyActions["create"];
}

/**
 * The dialogs of a new key: what it is for, then its secret. Keep it at one place of the page, whatever the
 * page shows: the secret lives in its state and goes when it does.
 */
export function NewKey({ projectId, apis, seen, liveNeedsApplication, portalUrl, create }: NewKeyProps) {
  const router = useRouter();
  const { open, hide } = useNewParam();
  const [made, setMade] = useState<KeyWithSecret | null>(null);

  if (made) {
    const { key, secret } = made;
    const allowed = key.restrictions.apis.map((entry) => entry.api);
    return (
      <SecretOnce
        secret={secret}
        noun="secret"
        title={`Store the secret of ${key.name}`}
        otherwise="The key would stay, and could only be revoked or given a new secret."
        snippets={keySnippets({
          secret,
          keyName: key.name,
          portalUrl,
          apis: allowed.length > 0 ? apis.filter((api) => allowed.includes(api.slug)) : apis,
        })}
        onDone={() => {
          setMade(null);
          router.replace(`/projects/${projectId}/keys/${key.id}`);
        }}
      />
    );
  }
  if (!open) return null;
  return (
    <NewKeyForm
      projectId={projectId}
      apis={apis}
      seen={seen}
      liveNeedsApplication={liveNeedsApplication}
      create={create}
      onCreated={(result) => {
        hide();
        setMade(result);
      }}
      onClose={hide}
    />
  );
}
