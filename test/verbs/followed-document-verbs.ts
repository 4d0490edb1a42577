import {
  applyFollowedDocument,
  checkFollowedDocument,
  createFollowedApi,
  declineFollowedDocument,
  followDocument,
  getFollowedDocument,
  previewDocumentAt,
  unfollowDocument,
} from "#domain/catalog/followed-documents/follow.ts";
import { createFollowedApiSchema } from "#domain/catalog/followed-documents/schema.ts";
import type { Ctx } from "#domain/context.ts";
import { forAdmins, type VerbRow } from "./verb-row.ts";

const input = { slug: "badges" };
const URL = "https://badges.example/openapi.json";

const fetchDocument = async () => ({
  text: JSON.stringify({ openapi: "3.1.0", info: { title: "New", version: "1" }, paths: {} }),
});

const follow = (ctx: Ctx) => followDocument({ ctx, input: { ...input, url: URL }, fetchDocument });

/** What an administrator answers: the document that was found. */
async function foundIn({ db: { read } }: Ctx) {
  const [row] = await read.q
    .select({ digest: read.t.followedDocuments.pendingDigest })
    .from(read.t.followedDocuments);
  return { ...input, digest: row?.digest ?? "0".repeat(64) };
}

const writes = (audit: string, changes: "api"[] = []) => ({ audit, changes, projectId: null });

/** The verbs of OpenAPI documents that are followed at a URL. */
export const FOLLOWED_DOCUMENT_VERBS: VerbRow[] = [
  forAdmins("getFollowedDocument", (ctx) => getFollowedDocument({ ctx, input })),
  forAdmins("previewDocumentAt", (ctx) => previewDocumentAt({ ctx, input: { url: URL }, fetchDocument })),
  forAdmins(
    "createFollowedApi",
    (ctx) => {
      const created = createFollowedApiSchema.parse({ slug: "followed", url: URL });
      return createFollowedApi({ ctx, input: created, fetchDocument });
    },
    writes("api.document-followed", ["api"]),
  ),
  forAdmins("followDocument", follow, writes("api.document-followed")),
  {
    ...forAdmins("checkFollowedDocument", (ctx) => checkFollowedDocument({ ctx, input, fetchDocument })),
    prepare: follow,
    quiet: true,
  },
  {
    ...forAdmins(
      "unfollowDocument",
      (ctx) => unfollowDocument({ ctx, input }),
      writes("api.document-unfollowed"),
    ),
    prepare: follow,
  },
  {
    ...forAdmins(
      "applyFollowedDocument",
      async (ctx) => applyFollowedDocument({ ctx, input: await foundIn(ctx) }),
      writes("api.updated", ["api"]),
    ),
    prepare: follow,
  },
  {
    ...forAdmins(
      "declineFollowedDocument",
      async (ctx) => declineFollowedDocument({ ctx, input: await foundIn(ctx) }),
      writes("api.document-declined"),
    ),
    prepare: follow,
  },
];
