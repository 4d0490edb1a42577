ALTER TABLE "management_tokens" ADD COLUMN "allowed_ips" jsonb DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE "management_tokens" ADD COLUMN "expires_at" bigint;--> statement-breakpoint
ALTER TABLE "management_tokens" ADD COLUMN "older_hash" text;--> statement-breakpoint
ALTER TABLE "management_tokens" ADD COLUMN "older_hint" text;--> statement-breakpoint
ALTER TABLE "management_tokens" ADD COLUMN "older_ends_at" bigint;--> statement-breakpoint
ALTER TABLE "management_tokens" ADD COLUMN "last_used_from" text;--> statement-breakpoint
ALTER TABLE "service_tokens" ADD COLUMN "expires_at" bigint;--> statement-breakpoint
ALTER TABLE "service_tokens" ADD COLUMN "older_hash" text;--> statement-breakpoint
ALTER TABLE "service_tokens" ADD COLUMN "older_hint" text;--> statement-breakpoint
ALTER TABLE "service_tokens" ADD COLUMN "older_ends_at" bigint;--> statement-breakpoint
ALTER TABLE "service_tokens" ADD COLUMN "last_used_at" bigint;--> statement-breakpoint
ALTER TABLE "management_tokens" ADD CONSTRAINT "management_tokens_older_hash_unique" UNIQUE("older_hash");--> statement-breakpoint
ALTER TABLE "service_tokens" ADD CONSTRAINT "service_tokens_older_hash_unique" UNIQUE("older_hash");