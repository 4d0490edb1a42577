"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ServiceTokenWithToken } from "#domain/access/service-tokens/schema.ts";
import { useNewParam } from "../ui/use-url-state.ts";
import { serviceTokensText } from "./service-tokens-text.ts";
import type { CreateServiceToken } from "./token-form.tsx";
import { tokenSnippets } from "./token-snippets.ts";

const dialogs = () => import("./token-form.tsx");
const ServiceTokenForm = dynamic(() => dialogs().then((module) => module.ServiceTokenForm), { ssr: false });
const SecretOnce = dynamic(() => dialogs().then((module) => module.SecretOnce), { ssr: false });

interface NewServiceTokenProps {
  apis: { slug: string; name: string }[];
  /** The base URL at which keys are verified. */
  checkUrl: string;
  create: CreateServiceToken;
}

/** The dialogs that create a service token and show it once. */
export function NewServiceToken({ apis, checkUrl, create }: NewServiceTokenProps) {
  const router = useRouter();
  const { open, hide } = useNewParam();
  const [created, setCreated] = useState<ServiceTokenWithToken | null>(null);

  if (created) {
    const { serviceToken, token } = created;
    return (
      <SecretOnce
        secret={token}
        noun={serviceTokensText.secretNoun}
        title={serviceTokensText.secretTitle(serviceToken.name)}
        consequence={serviceTokensText.discarded}
        snippets={tokenSnippets({ token, api: serviceToken.api, checkUrl })}
        onDone={() => {
          setCreated(null);
          router.refresh();
        }}
      />
    );
  }
  if (!open) return null;
  return (
    <ServiceTokenForm
      apis={apis}
      create={create}
      onCreated={(result) => {
        hide();
        setCreated(result);
      }}
      onClose={hide}
    />
  );
}
