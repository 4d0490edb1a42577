"use client";

import type { ActionResult } from "#domain/errors.ts";
import { ActionForm, FormMessage, SubmitButton } from "../ui/form.tsx";
import { goOn } from "./enter.ts";

interface JoinFormProps {
  token: string;
  projectId: string;
  join: (input: { token: string }) => Promise<ActionResult<unknown>>;
}

/** One button that accepts an invitation. */
export function JoinForm({ token, projectId, join }: JoinFormProps) {
  return (
    <ActionForm action={() => join({ token })} onDone={() => goOn(`/projects/${projectId}`)}>
      <FormMessage />
      <SubmitButton>Join the project</SubmitButton>
    </ActionForm>
  );
}
