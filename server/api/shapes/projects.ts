import { z } from "zod";

const secretAge = z.strictObject({ maxDays: z.int(), cut: z.boolean() }).nullable();
export const secretAges = z.strictObject({ site: secretAge, project: secretAge }).meta({ id: "SecretAges" });
