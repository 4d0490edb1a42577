import type { ServiceToken } from "#domain/access/service-tokens/schema.ts";
import { Link } from "../ui/link.tsx";
import { serviceTokensText as text } from "./service-tokens-text.ts";

interface ServiceTokenApiProps {
  token: Pick<ServiceToken, "api" | "localVerification">;
  /** By slug. */
  apiNames: ReadonlyMap<string, string>;
}

/** The API whose keys a service token may verify, and how. */
export function ServiceTokenApi({ token: { api, localVerification }, apiNames }: ServiceTokenApiProps) {
  return (
    <>
      {api ? (
        <Link href={`/apis/${api}`} className="rounded hover:underline">
          {apiNames.get(api) ?? api}
        </Link>
      ) : (
        text.allApis
      )}
      {localVerification ? <div className="text-sm text-muted">{text.localTag}</div> : null}
    </>
  );
}
