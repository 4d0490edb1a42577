import type { Metadata } from "next";
import { cache } from "react";
import { operationHref } from "#components/reference/links.ts";
import { OperationHeader } from "#components/reference/operation-header.tsx";
import { tryText as text } from "#components/try-it/text.ts";
import { TryIt } from "#components/try-it/try-it.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { readOperation } from "#domain/catalog/reference/read.ts";
import { referenceOperationSchema } from "#domain/catalog/reference/schema.ts";
import { listTryKeys } from "#domain/keys/try-it/keys.ts";
import { decodeSegment, pageInput, readForPage } from "#server/page.ts";
import { startTry } from "../../../../projects/actions.ts";

interface TryPageProps {
  params: Promise<{ slug: string; operation: string }>;
}

const operationOf = cache((slug: string, segment: string) =>
  readForPage(
    readOperation,
    pageInput(referenceOperationSchema, { slug, operation: decodeSegment(segment) }),
  ),
);

export async function generateMetadata({ params }: TryPageProps): Promise<Metadata> {
  const { slug, operation: segment } = await params;
  const { api, operation } = await operationOf(slug, segment);
  return { title: `${text.title}: ${operation.summary || operation.name} · ${api.name}` };
}

/**
 * Sends a request of an operation. A separate page, because its Content-Security-Policy lets it call the servers of
 * the operation, and because no other page loads its script.
 */
export default async function TryPage({ params }: TryPageProps) {
  const { slug, operation: segment } = await params;
  const [{ api, operation }, { items }] = await Promise.all([
    operationOf(slug, segment),
    readForPage(listTryKeys, { slug }),
  ]);
  const { name, method, path, parameters, body, servers, sample } = operation;
  return (
    <div className="grid gap-8">
      <OperationHeader
        api={api}
        operation={operation}
        signedIn
        title={text.title}
        actions={<ButtonLink href={operationHref(slug, name)}>{text.close}</ButtonLink>}
      />
      <p className="max-w-prose text-muted">{text.description}</p>
      {items.length === 0 ? (
        <Card flush>
          <EmptyState
            title={text.noKeysTitle}
            action={
              <ButtonLink href={`/apis/${slug}`} variant="primary">
                {text.toApi}
              </ButtonLink>
            }
          >
            {text.noKeys}
          </EmptyState>
        </Card>
      ) : (
        <TryIt
          slug={slug}
          operation={{ name, method, path, parameters, body, servers, sample }}
          keys={items}
          start={startTry}
        />
      )}
    </div>
  );
}
