ALTER TABLE "management_tokens" ADD COLUMN "scopes" jsonb DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE "management_tokens" ADD COLUMN "used_from" jsonb DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "hash" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_hash_unique" UNIQUE("hash");--> statement-breakpoint
-- Tokens from before have every scope but members:write, which has to be chosen.
UPDATE "management_tokens" SET "scopes" = '["projects:read","projects:write","members:read","keys:read","keys:write","usage:read","usage:write","audit:read","audit:write","catalogue:read","catalogue:write","admin:read","admin:write"]';--> statement-breakpoint
-- The tokens of a disabled user end for good: enabling the account does not bring them back.
UPDATE "management_tokens" SET "revoked_at" = (extract(epoch from now()) * 1000)::bigint WHERE "revoked_at" IS NULL AND "user_id" IN (SELECT "id" FROM "users" WHERE "disabled_at" IS NOT NULL);--> statement-breakpoint
-- Sessions from before stored the id that the cookie carries: they end, and everybody signs in again.
UPDATE "sessions" SET "ended_at" = (extract(epoch from now()) * 1000)::bigint WHERE "ended_at" IS NULL;