import { z } from "zod";
import { projectRoleSchema } from "../members/schema.ts";

export const siteRoleSchema = z.enum(["admin", "developer"], "Choose admin or developer.");

/** The current user, and the projects they belong to, by name. */
export const meSchema = z
  .strictObject({
    user: z.strictObject({ id: z.string(), name: z.string(), email: z.string(), siteRole: siteRoleSchema }),
    projects: z.array(z.strictObject({ id: z.string(), name: z.string(), role: projectRoleSchema })),
  })
  .meta({ id: "Me" });
export type Me = z.output<typeof meSchema>;
