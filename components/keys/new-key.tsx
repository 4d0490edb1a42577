"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { SeenIpAddress } from "../restrictions/types.ts";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { useNewDialog } from "../ui/use-new-dialog.ts";
import type { KeyActions, NewSecret } from "./actions.ts";
import type { KeyApi } from "./new-key-form.tsx";

const loadCreated = () => import("./created-key.tsx");
const CreatedKey = lazyInBrowser(() => loadCreated().then((module) => module.CreatedKey));
// Loads the secret's dialog together with the form: once the key exists, that dialog must not be missing.
const loadForm = () => Promise.all([import("./new-key-form.tsx"), loadCreated()]);
const NewKeyForm = lazyInBrowser(() => loadForm().then(([module]) => module.NewKeyForm));

interface NewKeyProps {
  projectId: string;
  apis: KeyApi[];
  /** The IP address of this browser as the portal sees it. */
  seen: SeenIpAddress | null;
  /** The site's policy: a live key must be restricted to where it is used from. */
  liveNeedsApplication: boolean;
  /** A rule for keys, unless the reader is an owner: a live key works once an owner approved it. */
  liveNeedsApproval: boolean;
  portalUrl: string;
  create: KeyActions["create"];
}

/**
 * The dialogs of a new key: the form, then the secret. Keep this component mounted at one place of the page: the
 * secret lives in its state.
 */
export function NewKey({ projectId, apis, seen, portalUrl, create, ...needs }: NewKeyProps) {
  const router = useRouter();
  const { open, hide } = useNewDialog(loadForm);
  const [created, setCreated] = useState<NewSecret | null>(null);

  if (created) {
    return (
      <CreatedKey
        created={created}
        portalUrl={portalUrl}
        onDone={() => {
          setCreated(null);
          router.replace(`/projects/${projectId}/keys/${created.key.id}`);
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
      {...needs}
      create={create}
      onCreated={(result) => {
        hide();
        setCreated(result);
      }}
      onClose={hide}
    />
  );
}
