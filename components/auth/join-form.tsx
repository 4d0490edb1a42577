"use client";

import type { ActionResult } from "#domain/errors.ts";
import { ActionForm, FormMessage, SubmitButton } from "../ui/form.tsx";
import { openPage } from "./password-sign-in.ts";
import { authText } from "./text.ts";

interface JoinFormProps {
  token: string;
  projectId: string;
  join: (input: { token: string }) => Promise<ActionResult<unknown>>;
}

/** Accepts an invitation. */
export function JoinForm({ token, projectId, join }: JoinFormProps) {
  return (
    <ActionForm action={() => join({ token })} onDone={() => openPage(`/projects/${projectId}`)}>
      <FormMessage />
      <SubmitButton>{authText.invite.submit}</SubmitButton>
    </ActionForm>
  );
}
