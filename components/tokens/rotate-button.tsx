"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { Button } from "../ui/button.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { preloadOn } from "../ui/preload.ts";
import type { ExpiryChoice } from "./expiry-choice.ts";
import type { RotatableToken, TokenRotation } from "./rotate-form.tsx";
import { tokensText } from "./text.ts";

const dialogs = () => import("./rotate-form.tsx");
const RotateTokenForm = lazyInBrowser(() => dialogs().then((module) => module.RotateTokenForm));
const TokenExpiryFields = lazyInBrowser(() => dialogs().then((module) => module.TokenExpiryFields));
const SecretOnce = lazyInBrowser(() => dialogs().then((module) => module.SecretOnce));

const { rotate: text } = tokensText;

interface RotateTokenButtonProps {
  subject: RotatableToken;
  form: string;
  /** In the middle of a sentence: "management token". */
  noun: string;
  expiry: ExpiryChoice;
  rotate: (rotation: TokenRotation, key: string) => Promise<ActionResult<{ token: string }>>;
  /** Begins the line of an environment file: `LATCHKEY_TOKEN`. */
  variable: string;
}

/** Rotates a token, and shows its new secret once. */
export function RotateTokenButton({ subject, form, noun, expiry, rotate, variable }: RotateTokenButtonProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [token, setToken] = useState<string | null>(null);
  return (
    <>
      <Button
        {...preloadOn(dialogs)}
        variant="ghost"
        size="sm"
        aria-label={text.about(subject.name)}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {text.label}
      </Button>
      {open ? (
        <RotateTokenForm
          form={form}
          subject={subject}
          rotate={rotate}
          expiry={<TokenExpiryFields offers={expiry} />}
          onRotated={(fresh) => {
            setOpen(false);
            setToken(fresh);
          }}
          onClose={() => setOpen(false)}
        />
      ) : null}
      {token ? (
        <SecretOnce
          secret={token}
          noun={noun}
          title={text.store(subject.name)}
          consequence={text.discarded}
          snippets={[{ title: ".env", code: `${variable}=${token}` }]}
          onDone={() => {
            setToken(null);
            router.refresh();
          }}
        />
      ) : null}
    </>
  );
}
