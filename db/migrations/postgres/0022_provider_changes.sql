ALTER TABLE "events" ADD COLUMN "undone_at" bigint;--> statement-breakpoint
ALTER TABLE "management_tokens" ADD COLUMN "older_used_at" bigint;--> statement-breakpoint
ALTER TABLE "scim_groups" ADD COLUMN "issuer" text;--> statement-breakpoint
ALTER TABLE "scim_tokens" ADD COLUMN "issuer" text;--> statement-breakpoint
ALTER TABLE "scim_tokens" ADD COLUMN "older_used_at" bigint;--> statement-breakpoint
ALTER TABLE "scim_users" ADD COLUMN "issuer" text;--> statement-breakpoint
ALTER TABLE "service_tokens" ADD COLUMN "older_used_at" bigint;