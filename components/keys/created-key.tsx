"use client";

import { SecretOnce } from "../secret/secret-once.tsx";
import type { NewSecret } from "./actions.ts";
import { keySnippets } from "./snippets.ts";
import { keysText } from "./text.ts";

const text = keysText.create;

interface CreatedKeyProps {
  created: NewSecret;
  portalUrl: string;
  onDone: () => void;
}

/** Shows the secret of a new key once, with calls that use it. */
export function CreatedKey({ created, portalUrl, onDone }: CreatedKeyProps) {
  const { key, secret, calls = [] } = created;
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
