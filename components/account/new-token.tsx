"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ManagementTokenWithToken } from "#domain/access/management-tokens/types.ts";
import { useNewParam } from "../ui/use-url-state.ts";
import type { CreateManagementToken } from "./token-form.tsx";

const dialogs = () => import("./token-dialogs.ts");
const TokenForm = dynamic(() => dialogs().then((module) => module.TokenForm), { ssr: false });
const SecretOnce = dynamic(() => dialogs().then((module) => module.SecretOnce), { ssr: false });

/** The dialogs of a new management token: what it is for, then the token, once. */
export function NewManagementToken({
  portalUrl,
  hasPassword,
  create,
}: {
  portalUrl: string;
  hasPassword: boolean;
  create: CreateManagementToken;
}) {
  const router = useRouter();
  const { open, hide } = useNewParam();
  const [made, setMade] = useState<ManagementTokenWithToken | null>(null);

  if (made) {
    const { managementToken, token } = made;
    return (
      <SecretOnce
        secret={token}
        noun="management token"
        title={`Store the token of ${managementToken.name}`}
        consequence="It stays, and can only be revoked."
        snippets={[
          { title: ".env", code: `LATCHKEY_TOKEN=${token}` },
          { title: "curl", code: `curl ${portalUrl}/api/v1/me \\\n  -H 'Authorization: Bearer ${token}'` },
        ]}
        onDone={() => {
          setMade(null);
          router.refresh();
        }}
      />
    );
  }
  if (!open) return null;
  return (
    <TokenForm
      hasPassword={hasPassword}
      create={create}
      onCreated={(result) => {
        hide();
        setMade(result);
      }}
      onClose={hide}
    />
  );
}
