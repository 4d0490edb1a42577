import type { Client } from "#core/client.ts";
import type { DenialCode, Environment } from "#core/verdict.ts";
import type { Page } from "../../fields.ts";

/** A call that was refused, or that a trial set would have refused. */
export interface Denial {
  id: string;
  time: string;
  keyId: string;
  keyName: string;
  environment: Environment;
  code: DenialCode;
  api: string;
  operation: string | null;
  /** What the rule saw, as in the verdict. */
  observed: Record<string, string>;
  /** The rule in words, as in the verdict. */
  words: string;
  /** All that the service said of the caller, freed of secrets. */
  client: Client;
  /** The entry that would have let it through its rule. */
  remedy: {
    /** As a button says it. */
    label: string;
    /** For the address of the key's restrictions: puts the entry into a draft there. */
    query: string;
  } | null;
  /** Why such an entry is not offered now: it can't be saved, or what refused the call is gone. */
  noRemedy: string | null;
}

export interface DenialPage extends Page<Denial> {
  /** How many there were in the time, kept or not: exact, in whole minutes, hours or days. */
  total: number;
  from: string;
  to: string;
}
