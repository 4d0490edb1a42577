"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ProjectTokenWithToken } from "#domain/access/management-tokens/schema.ts";
import { tokenSnippets } from "../tokens/snippets.ts";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { useNewDialog } from "../ui/use-new-dialog.ts";
import { projectTokensText as text } from "./text.ts";
import type { CreateProjectToken } from "./token-form.tsx";

const dialogs = () => import("./token-form.tsx");
const ProjectTokenForm = lazyInBrowser(() => dialogs().then((module) => module.ProjectTokenForm));
const SecretOnce = lazyInBrowser(() => dialogs().then((module) => module.SecretOnce));

interface NewProjectTokenProps {
  projectId: string;
  portalUrl: string;
  /** The policy's maximum lifetime in days, or null. */
  maxDays: number | null;
  create: CreateProjectToken;
}

/** The dialogs that create a management token of the project and show it once. */
export function NewProjectToken({ projectId, portalUrl, maxDays, create }: NewProjectTokenProps) {
  const router = useRouter();
  const { open, hide } = useNewDialog(dialogs);
  const [created, setCreated] = useState<ProjectTokenWithToken | null>(null);
  if (created) {
    const { managementToken, token } = created;
    return (
      <SecretOnce
        secret={token}
        noun={text.noun}
        title={text.secretTitle(managementToken.name)}
        consequence={text.discarded}
        snippets={tokenSnippets(`${portalUrl}/api/v1/projects/${projectId}/keys`, token)}
        onDone={() => {
          setCreated(null);
          router.refresh();
        }}
      />
    );
  }
  if (!open) return null;
  return (
    <ProjectTokenForm
      projectId={projectId}
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
