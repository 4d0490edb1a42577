import { z } from "zod";
import { timestampSchema } from "../fields.ts";
import { rotateKeySchema } from "../keys/schema.ts";

/** The secret of a token before its last rotation, while it still works. */
export const olderSecretSchema = z.strictObject({
  hint: z.string(),
  /** When it stops working. */
  lapsesAt: timestampSchema,
});

const { overlapSeconds, endOlder } = rotateKeySchema.shape;

/** How a token is rotated: as a key. */
export const rotationFields = { overlapSeconds, endOlder };
