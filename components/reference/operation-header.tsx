import type { ReactNode } from "react";
import type { ReferenceOperation } from "#domain/catalog/reference/operation.ts";
import { Badge } from "../ui/badge.tsx";
import { CopyText } from "../ui/copy.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { operationHref, referenceHref } from "./links.ts";
import { Method } from "./method.tsx";
import { referenceText as text } from "./text.ts";

interface OperationHeaderProps {
  api: { slug: string; name: string };
  operation: Pick<ReferenceOperation, "name" | "summary" | "method" | "path" | "deprecated">;
  signedIn: boolean;
  /** For a page below the operation's own: its title. */
  title?: string;
  actions?: ReactNode;
}

/** The header of the pages of an operation. Visitors get no links into the portal. */
export function OperationHeader({ api, operation, signedIn, title, actions }: OperationHeaderProps) {
  const name = operation.summary || operation.name;
  return (
    <PageHeader
      crumbs={[
        ...(signedIn
          ? [
              { label: text.apis, href: "/apis" },
              { label: api.name, href: `/apis/${api.slug}` },
            ]
          : []),
        { label: signedIn ? text.title : api.name, href: referenceHref(api.slug) },
        ...(title ? [{ label: name, href: operationHref(api.slug, operation.name) }] : []),
      ]}
      title={title ?? name}
      badges={operation.deprecated ? <Badge tone="attention">{text.deprecated}</Badge> : null}
      facts={
        <span className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <Method method={operation.method} />
          <span className="font-mono text-sm text-ink wrap-anywhere">{operation.path}</span>
          <CopyText text={operation.name} label={text.copyName} />
        </span>
      }
      actions={actions}
    />
  );
}
