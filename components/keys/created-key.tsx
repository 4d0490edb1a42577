"use client";

import type { KeyWithSecret } from "#domain/keys/schema.ts";
import { SecretOnce } from "../secret/secret-once.tsx";
import { keySnippets } from "./snippets.ts";
import { keysText } from "./text.ts";
import { useFirstCalls } from "./use-first-calls.ts";

const text = keysText.create;

interface CreatedKeyProps {
  created: KeyWithSecret;
  portalUrl: string;
  onDone: () => void;
}

/** Shows the secret of a new key once, with calls that use it. */
export function CreatedKey({ created: { key, secret }, portalUrl, onDone }: CreatedKeyProps) {
  const calls = useFirstCalls(key.projectId, key.id);
  return (
    <SecretOnce
      secret={secret}
      noun="secret"
      title={text.storeSecret(key.name)}
      consequence={text.discarded}
      snippets={keySnippets({ secret, keyName: key.name, portalUrl, calls })}
      onDone={onDone}
    />
  );
}
