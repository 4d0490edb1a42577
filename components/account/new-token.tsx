"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ManagementTokenWithToken } from "#domain/access/management-tokens/schema.ts";
import { tokenSnippets } from "../tokens/snippets.ts";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { useNewDialog } from "../ui/use-new-dialog.ts";
import { profileText } from "./profile-text.ts";
import type { CreateManagementToken } from "./token-form.tsx";

const dialogs = () => import("./token-form.tsx");
const TokenForm = lazyInBrowser(() => dialogs().then((module) => module.TokenForm));
const SecretOnce = lazyInBrowser(() => dialogs().then((module) => module.SecretOnce));

/** The dialogs that create a management token and show it once. */
export function NewManagementToken({
  portalUrl,
  maxDays,
  create,
}: {
  portalUrl: string;
  /** The policy's maximum lifetime in days, or null. */
  maxDays: number | null;
  create: CreateManagementToken;
}) {
  const router = useRouter();
  const { open, hide } = useNewDialog(dialogs);
  const [created, setCreated] = useState<ManagementTokenWithToken | null>(null);

  if (created) {
    const { managementToken, token } = created;
    return (
      <SecretOnce
        secret={token}
        noun={profileText.token.noun}
        title={profileText.token.title(managementToken.name)}
        consequence={profileText.token.discarded}
        snippets={tokenSnippets(`${portalUrl}/api/v1/me`, token)}
        onDone={() => {
          setCreated(null);
          router.refresh();
        }}
      />
    );
  }
  if (!open) return null;
  return (
    <TokenForm
      maxDays={maxDays}
      create={create}
      onCreated={(result) => {
        hide();
        setCreated(result);
      }}
      onClose={hide}
    />
  );
}
