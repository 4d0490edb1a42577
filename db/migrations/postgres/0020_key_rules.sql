ALTER TABLE "keys" ADD COLUMN "life_ends_at" bigint;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "key_rules" jsonb;