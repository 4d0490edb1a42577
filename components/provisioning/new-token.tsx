"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ScimTokenWithToken } from "#domain/access/scim/schema.ts";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { useNewDialog } from "../ui/use-new-dialog.ts";
import { provisioningText as text } from "./text.ts";
import type { CreateScimToken } from "./token-form.tsx";

interface NewScimTokenProps {
  providers: readonly { id: string; name: string }[];
  create: CreateScimToken;
}

const dialogs = () => import("./token-form.tsx");
const ScimTokenForm = lazyInBrowser(() => dialogs().then((module) => module.ScimTokenForm));
const SecretOnce = lazyInBrowser(() => dialogs().then((module) => module.SecretOnce));

/** The dialogs that create a SCIM token and show it once. */
export function NewScimToken({ providers, create }: NewScimTokenProps) {
  const router = useRouter();
  const { open, hide } = useNewDialog(dialogs);
  const [created, setCreated] = useState<ScimTokenWithToken | null>(null);
  if (created) {
    const { scimToken, token } = created;
    return (
      <SecretOnce
        secret={token}
        noun={text.noun}
        title={text.secretTitle(scimToken.name)}
        consequence={text.discarded}
        snippets={[]}
        onDone={() => {
          setCreated(null);
          router.refresh();
        }}
      />
    );
  }
  if (!open) return null;
  return (
    <ScimTokenForm
      providers={providers}
      create={create}
      onCreated={(result) => {
        hide();
        setCreated(result);
      }}
      onClose={hide}
    />
  );
}
