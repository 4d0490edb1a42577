import { Fragment } from "react";
import type { KeyLocation, SecurityInfo } from "#domain/catalog/reference/security.ts";
import { Markdown } from "../markdown/markdown.tsx";
import { referenceText as text } from "./text.ts";

/** How requests are authenticated: the alternatives, each with all that it needs. */
export function SecurityView({
  security: { alternatives, optional },
  location,
}: {
  security: SecurityInfo;
  location: KeyLocation;
}) {
  if (alternatives.length === 0) {
    return <p className="text-muted">{optional ? text.noSchemeOptional : text.noScheme(location.name)}</p>;
  }
  return (
    <ul className="grid gap-2">
      {alternatives.map((schemes, index) => (
        <li key={schemes.map(({ name }) => name).join()} className="grid gap-1">
          {index > 0 ? <span className="text-xs text-muted">{text.either}</span> : null}
          {schemes.map((scheme, at) => (
            <Fragment key={scheme.name}>
              {at > 0 ? <span className="text-xs text-muted">{text.allOf}</span> : null}
              <div className="grid gap-1 rounded border border-border bg-surface px-4 py-2.5 text-sm">
                <p className="flex flex-wrap gap-x-2">
                  <span className="font-medium">{scheme.name}</span>
                  <span className="text-muted wrap-anywhere">{scheme.type}</span>
                </p>
                {scheme.scopes.length > 0 ? (
                  <p className="text-muted">
                    {text.scopes}
                    <span className="font-mono text-xs wrap-anywhere">{scheme.scopes.join(" · ")}</span>
                  </p>
                ) : null}
                {scheme.description === "" ? null : <Markdown text={scheme.description} below={3} />}
              </div>
            </Fragment>
          ))}
        </li>
      ))}
      {optional ? <li className="text-sm text-muted">{text.optional}</li> : null}
    </ul>
  );
}
