"use client";

import type { ActionResult } from "#domain/errors.ts";
import { ActionForm, FormMessage, SubmitButton } from "../ui/form.tsx";
import { type NativeAction, useNativeForm } from "../ui/native-form.ts";
import { openPage } from "./password-sign-in.ts";
import { authText } from "./text.ts";

interface JoinFormProps {
  token: string;
  projectId: string;
  join: (input: { token: string }) => Promise<ActionResult<unknown>>;
  sent: NativeAction<null>;
}

/** Accepts an invitation. */
export function JoinForm({ token, projectId, join, sent }: JoinFormProps) {
  const { native } = useNativeForm(sent);
  const next = `/projects/${projectId}`;
  return (
    <ActionForm native={native} action={() => join({ token })} onDone={() => openPage(next)}>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="next" value={next} />
      <FormMessage />
      <SubmitButton>{authText.invite.submit}</SubmitButton>
    </ActionForm>
  );
}
