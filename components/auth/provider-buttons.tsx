"use client";

import { signIn } from "next-auth/react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { authText } from "./text.ts";

export interface Provider {
  id: string;
  name: string;
}

/** A button for each configured provider. */
export function ProviderButtons({ providers, next }: { providers: Provider[]; next: string }) {
  const [leaving, setLeaving] = useState<string | null>(null);
  if (providers.length === 0) return null;
  return (
    <div className="grid gap-2">
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          pending={leaving === id}
          onClick={() => {
            setLeaving(id);
            signIn(id, { callbackUrl: next });
          }}
        >
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
