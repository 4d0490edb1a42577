"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ServiceTokenWithToken } from "#domain/access/service-tokens/schema.ts";
import { integrationCode } from "../integration/stacks.ts";
import { useIntegrationFiles } from "../integration/use-integration-files.ts";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { useNewDialog } from "../ui/use-new-dialog.ts";
import { serviceTokensText } from "./service-tokens-text.ts";
import type { CreateServiceToken } from "./token-form.tsx";

const dialogs = () => import("./token-form.tsx");
const ServiceTokenForm = lazyInBrowser(() => dialogs().then((module) => module.ServiceTokenForm));
const SecretOnce = lazyInBrowser(() => dialogs().then((module) => module.SecretOnce));
const StackChoice = lazyInBrowser(() => dialogs().then((module) => module.StackChoice));

interface NewServiceTokenProps {
  apis: { slug: string; name: string }[];
  /** The base URL at which keys are verified. */
  verifierUrl: string;
  keyPrefix: string;
  create: CreateServiceToken;
}

/** The dialogs that create a service token and show it once. */
export function NewServiceToken({ apis, verifierUrl, keyPrefix, create }: NewServiceTokenProps) {
  const router = useRouter();
  const { open, hide } = useNewDialog(dialogs);
  const [created, setCreated] = useState<ServiceTokenWithToken | null>(null);
  const { stack, files, failed, choose } = useIntegrationFiles();

  if (created) {
    const { serviceToken, token } = created;
    return (
      <SecretOnce
        secret={token}
        noun={serviceTokensText.secretNoun}
        title={serviceTokensText.secretTitle(serviceToken.name)}
        consequence={serviceTokensText.discarded}
        note={<StackChoice stack={stack} loading={files === null} failed={failed} onChoose={choose} />}
        snippets={
          files === null
            ? []
            : integrationCode(stack, files, { token, api: serviceToken.api, verifierUrl, keyPrefix })
        }
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
