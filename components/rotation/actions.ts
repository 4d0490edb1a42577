import type { ActionResult } from "#domain/errors.ts";
import type { Key, KeyWithSecret } from "#domain/keys/schema.ts";
import type { KeyActions } from "../keys/actions.ts";

interface KeyRef {
  projectId: string;
  keyId: string;
}

/** The server actions of a key's secrets, passed in by the page. */
export interface SecretActions extends Pick<KeyActions, "revoke" | "recentTraffic"> {
  rotate: (
    input: KeyRef & { overlapSeconds: number; endOlder?: boolean; replaceUnseen?: boolean },
    key: string,
  ) => Promise<ActionResult<KeyWithSecret>>;
  endSecret: (input: KeyRef & { secretId: string }) => Promise<ActionResult<Key>>;
  prolong: (input: KeyRef & { secretId: string; lapsesAt: string }) => Promise<ActionResult<Key>>;
}
