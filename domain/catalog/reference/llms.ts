import { processSingleton } from "#platform/process-singleton.ts";
import { readBrand } from "../../branding/read.ts";
import type { Verb } from "../../context.ts";
import { yieldToEventLoop } from "../../yield-to-event-loop.ts";
import type { ApiRow } from "../apis/find.ts";
import { mustFindApiForReader } from "../apis/visibility.ts";
import { listGuidesOf } from "./guides.ts";
import { type LoadedDocument, loadDocument } from "./load.ts";
import { type ReferenceMedia, type ReferenceOperation, readReferenceOperation } from "./operation.ts";
import { readOverview } from "./overview.ts";
import { listReferences } from "./read.ts";
import type { SchemaNode } from "./schema-tree.ts";

/** The largest text, in characters (docs/operate/bounds.md: an answer has at most 1 MiB). */
const MAX_LENGTH = 900_000;

/** The APIs that the reader may see, in the format of llmstxt.org. */
export async function llmsIndex({ ctx }: Pick<Verb<unknown>, "ctx">): Promise<string> {
  const [apis, { name, isNamed }] = [await listReferences({ ctx }), await readBrand(ctx)];
  const lines = apis.map(
    ({ slug, name: title, description }) =>
      `- [${escaped(title)}](${ctx.settings.url}/apis/${slug}/llms.txt)${description === "" ? "" : `: ${oneLine(description)}`}`,
  );
  return [
    isNamed ? `# APIs of ${escaped(name)}` : "# APIs",
    "",
    "> APIs of this portal, and how to call them.",
    "",
    "## References",
    "",
    ...lines,
    "",
  ].join("\n");
}

/** The whole reference of one API as Markdown. For visitors too if the API is public. */
export async function llmsReference({ ctx, input }: Verb<{ slug: string }>): Promise<string> {
  const scope = ctx.db.read;
  const api = await mustFindApiForReader(scope, ctx, input.slug);
  const [loaded, { guides, hasChangelog }] = await Promise.all([
    loadDocument(scope, api),
    listGuidesOf(scope, api.id),
  ]);
  const overview = readOverview(api, loaded, {});
  const base = `${ctx.settings.url}/apis/${api.slug}`;
  const parts = [
    `# ${escaped(api.name)}${overview.version === "" ? "" : ` ${overview.version}`}`,
    `> ${oneLine(api.description) || `The API ${api.slug}.`}`,
    overview.description,
    list(
      "## Servers",
      overview.servers.map(({ url }) => url),
    ),
    list("## More", [
      ...(loaded.uploaded ? [`[OpenAPI document](${base}/openapi.json)`] : []),
      ...guides.map(({ slug, title }) => `[${escaped(title)}](${base}/guides/${slug})`),
      ...(hasChangelog ? [`[Changelog](${base}/changelog)`] : []),
    ]),
  ];
  const { texts, isComplete } = await operationTexts(loaded, api);
  parts.push(...texts);
  if (!isComplete) parts.push(`More operations are in the [OpenAPI document](${base}/openapi.json).`);
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

interface OperationTexts {
  texts: string[];
  /** Whether all operations fit. */
  isComplete: boolean;
}

/**
 * The operations of a document as text. For a large document that takes seconds, and visitors may ask for it again and
 * again, so it is generated once for each document that is kept.
 */
function operationTexts(loaded: LoadedDocument, api: ApiRow): Promise<OperationTexts> {
  const known = processSingleton("llms texts", () => new WeakMap<LoadedDocument, Promise<OperationTexts>>());
  const texts = known.get(loaded) ?? makeOperationTexts(loaded, api);
  known.set(loaded, texts);
  texts.catch(() => known.delete(loaded));
  return texts;
}

/** Operations that are read before other requests run. */
const AT_ONCE = 10;

async function makeOperationTexts(loaded: LoadedDocument, api: ApiRow): Promise<OperationTexts> {
  const texts: string[] = [];
  let length = 0;
  for (const [index, found] of loaded.operations.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await yieldToEventLoop();
    const text = operationText(readReferenceOperation(loaded.document, found, api));
    length += text.length;
    if (length > MAX_LENGTH) return { texts, isComplete: false };
    texts.push(text);
  }
  return { texts, isComplete: true };
}

function operationText(operation: ReferenceOperation): string {
  const { method, path, name, summary, description, deprecated, sunset, parameters, body, responses } =
    operation;
  const { key } = operation.sample;
  return [
    `## ${method} ${path}`,
    `${summary === "" ? "" : `${summary}. `}Operation \`${name}\`.`,
    deprecated ? `Deprecated.${sunset === null ? "" : ` Stops working on ${sunset.slice(0, 10)}.`}` : "",
    description,
    `Send the key in the ${key.in === "query" ? "query parameter" : "header"} \`${key.name}\`${key.prefix === "" ? "" : `, after \`${key.prefix.trim()}\``}.`,
    list(
      "### Parameters",
      parameters.map(
        (each) =>
          `\`${each.name}\` (${each.in}, ${each.schema.type}${each.required ? ", required" : ""}) ${oneLine(each.description)}`,
      ),
    ),
    body === null ? "" : `### Request body\n\n${body.content.map(mediaText).join("\n\n")}`,
    list(
      "### Responses",
      responses.map(({ status, title, description: about }) => `${status} ${oneLine(about) || title}`),
    ),
    ...responses.slice(0, 1).flatMap(({ content }) => content.slice(0, 1).map(mediaText)),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function mediaText({ mediaType, schema, example }: ReferenceMedia): string {
  const fields = schema === null ? [] : fieldsOf(schema, "");
  return [
    `\`${mediaType}\`${schema === null ? "" : `: ${schema.type}`}`,
    fields.map((line) => `- ${line}`).join("\n"),
    example === null ? "" : `\`\`\`\n${example.replaceAll("```", "` ` `")}\n\`\`\``,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The fields of a schema, two levels deep: what a caller has to know first. */
function fieldsOf(schema: SchemaNode, above: string): string[] {
  return schema.properties.flatMap(({ name, required, schema: inner }) => [
    `\`${above}${name}\` (${inner.type}${required ? ", required" : ""}) ${oneLine(inner.description)}`.trim(),
    ...(above === "" ? fieldsOf(inner, `${name}.`) : []),
  ]);
}

function list(title: string, items: string[]): string {
  return items.length === 0 ? "" : `${title}\n\n${items.map((item) => `- ${item.trim()}`).join("\n")}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim().slice(0, 500);
}

/** A text inside a link or heading of Markdown. */
function escaped(text: string): string {
  return oneLine(text).replaceAll(/[[\]\\]/g, "\\$&");
}
