"use client";

import type { KeyWithSecret } from "#domain/keys/schema.ts";
import { SecretOnce } from "../secret/secret-once.tsx";
import type { KeyApi } from "./new-key-form.tsx";
import { keySnippets } from "./snippets.ts";
import { keysText } from "./text.ts";

const text = keysText.create;

interface CreatedKeyProps {
  created: KeyWithSecret;
  apis: KeyApi[];
  portalUrl: string;
  onDone: () => void;
}

/** Shows the secret of a new key once, with calls that use it. */
export function CreatedKey({ created: { key, secret }, apis, portalUrl, onDone }: CreatedKeyProps) {
  const allowed = key.restrictions.apis.map((entry) => entry.api);
  return (
    <SecretOnce
      secret={secret}
      noun="secret"
      title={text.storeSecret(key.name)}
      consequence={text.discarded}
      snippets={keySnippets({
        secret,
        keyName: key.name,
        portalUrl,
        apis: allowed.length > 0 ? apis.filter((api) => allowed.includes(api.slug)) : apis,
      })}
      onDone={onDone}
    />
  );
}
