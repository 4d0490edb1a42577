import type { ReferenceOverview } from "#domain/catalog/reference/overview.ts";
import { buttonClass } from "../ui/button.tsx";
import { FactLine, PageHeader } from "../ui/page-header.tsx";
import { referenceText as text } from "./text.ts";

interface ReferenceHeaderProps {
  reference: Pick<ReferenceOverview, "slug" | "name" | "version" | "visibility" | "uploaded">;
  signedIn: boolean;
}

/** The header of a reference. Visitors get no links into the portal. */
export function ReferenceHeader({ reference, signedIn }: ReferenceHeaderProps) {
  const { slug, name, version, visibility, uploaded } = reference;
  return (
    <PageHeader
      crumbs={
        signedIn
          ? [
              { label: text.apis, href: "/apis" },
              { label: name, href: `/apis/${slug}` },
            ]
          : []
      }
      title={signedIn ? text.title : `${name} · ${text.title}`}
      facts={
        <FactLine
          items={[
            { key: "version", value: version === "" ? null : text.version(version) },
            { key: "visibility", value: signedIn ? text.visibility[visibility] : null },
          ]}
        />
      }
      actions={
        <>
          {/* Files, not pages: the browser opens them itself. */}
          <a href={`/apis/${slug}/llms.txt`} className={buttonClass({ size: "sm" })}>
            {text.forModels}
          </a>
          {uploaded ? (
            <a href={`/apis/${slug}/openapi.json`} className={buttonClass({ size: "sm" })}>
              {text.document}
            </a>
          ) : null}
        </>
      }
    />
  );
}
