"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ServiceTokenWithToken } from "#domain/access/service-tokens/types.ts";
import { useNewParam } from "../ui/use-url-state.ts";
import type { CreateToken } from "./token-form.tsx";
import { tokenSnippets } from "./token-snippets.ts";

const dialogs = () => import("./token-dialogs.ts");
const TokenForm = dynamic(() => dialogs().then((module) => module.TokenForm), { ssr: false });
const SecretOnce = dynamic(() => dialogs().then((module) => module.SecretOnce), { ssr: false });

interface NewTokenProps {
  apis: { slug: string; name: string }[];
  /** Where checks are asked. */
  checkUrl: string;
  create: CreateToken;
}

/** The dialogs of a new service token: what it is for, then the token, once. */
export function NewToken({ apis, checkUrl, create }: NewTokenProps) {
  const router = useRouter();
  const { open, hide } = useNewParam();
  const [made, setMade] = useState<ServiceTokenWithToken | null>(null);

  if (made) {
    const { serviceToken, token } = made;
    return (
      <SecretOnce
        secret={token}
        noun="service token"
        title={`Store the token of ${serviceToken.name}`}
        consequence="It stays, and can only be revoked."
        snippets={tokenSnippets({ token, api: serviceToken.api, checkUrl })}
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
      apis={apis}
      create={create}
      onCreated={(result) => {
        hide();
        setMade(result);
      }}
      onClose={hide}
    />
  );
}
