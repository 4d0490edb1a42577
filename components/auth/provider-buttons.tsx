"use client";

import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { AuthError } from "./page-parts.tsx";
import { openPage } from "./password-sign-in.ts";
import { sendSignIn } from "./send-sign-in.ts";
import { authText } from "./text.ts";

export interface Provider {
  id: string;
  name: string;
}

/** A button for each configured provider. */
export function ProviderButtons({ providers, next }: { providers: Provider[]; next: string }) {
  const [leaving, setLeaving] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  if (providers.length === 0) return null;
  const leave = async (id: string) => {
    setLeaving(id);
    setFailed(false);
    try {
      openPage((await sendSignIn(`signin/${id}`, { callbackUrl: next })).url.href);
    } catch {
      setFailed(true);
      setLeaving(null);
    }
  };
  return (
    <div className="grid gap-2">
      {failed ? <AuthError>{authText.signIn.portalError}</AuthError> : null}
      {providers.map(({ id, name }) => (
        <Button key={id} pending={leaving === id} onClick={() => leave(id)}>
          {authText.continueWith(name)}
        </Button>
      ))}
      <noscript>
        <p className="text-sm text-muted">{authText.providersNeedScript}</p>
      </noscript>
      <p className="flex items-center gap-3 pt-2 text-sm text-muted before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
        {authText.or}
      </p>
    </div>
  );
}
