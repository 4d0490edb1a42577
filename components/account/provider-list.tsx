"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { sendSignIn } from "../auth/send-sign-in.ts";
import { callAction } from "../ui/attempt.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { useStepUp } from "../ui/step-up.tsx";
import { uiText } from "../ui/text.ts";
import { toast } from "../ui/toast.ts";
import { profileText } from "./profile-text.ts";

const { providers: text } = profileText;

interface ProviderListProps {
  providers: readonly { id: string; name: string; connected: boolean }[];
  /** Succeeds if the user confirmed their identity recently: the provider is connected only then. */
  prepare: () => Promise<ActionResult<unknown>>;
}

/** The providers that the user signs in with, and buttons to connect the others. */
export function ProviderList({ providers, prepare }: ProviderListProps) {
  const [leaving, setLeaving] = useState<string | null>(null);
  const { withStepUp, dialog } = useStepUp();
  const connect = async (id: string) => {
    setLeaving(id);
    const result = await withStepUp(() => callAction(prepare));
    if (!result.ok) {
      setLeaving(null);
      return toast(uiText.failed, result.message);
    }
    try {
      const { url } = await sendSignIn(`signin/${id}`, { callbackUrl: "/account#providers" });
      location.assign(url);
    } catch {
      setLeaving(null);
      toast(uiText.failed, uiText.unanswered);
    }
  };
  return (
    <Card>
      <ul className="grid gap-3">
        {providers.map(({ id, name, connected }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-2">
            <span>{name}</span>
            {connected ? (
              <span className="text-muted">{text.connected}</span>
            ) : (
              <Button
                size="sm"
                pending={leaving === id}
                aria-label={text.connectTo(name)}
                onClick={() => connect(id)}
              >
                {text.connect}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {dialog}
    </Card>
  );
}
