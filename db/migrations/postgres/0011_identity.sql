ALTER TABLE "identities" DROP CONSTRAINT "identities_provider_account_id_pk";--> statement-breakpoint
ALTER TABLE "identities" ADD COLUMN "issuer" text;--> statement-breakpoint
UPDATE "identities" SET "issuer" = CASE WHEN "provider" = 'github' THEN 'https://github.com' ELSE "provider" END;--> statement-breakpoint
ALTER TABLE "identities" ALTER COLUMN "issuer" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_issuer_account_id_pk" PRIMARY KEY("issuer","account_id");--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "mailed_at" bigint;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "credentials_ended_at" bigint;--> statement-breakpoint
-- Links that people asked for themselves went out by mail only. Of other links nobody knows who saw them.
UPDATE "invitations" SET "mailed_at" = "created_at" WHERE "kind" = 'site' AND "created_by" IS NULL;--> statement-breakpoint
-- An address stays verified only if a mailed link or a provider alone can have made the account.
UPDATE "users" SET "email_verified_at" = NULL WHERE
  NOT EXISTS (SELECT 1 FROM "invitations" WHERE "invitations"."email" = "users"."email" AND "invitations"."mailed_at" IS NOT NULL AND "invitations"."accepted_at" IS NOT NULL)
  AND NOT ("password_hash" IS NULL AND EXISTS (SELECT 1 FROM "identities" WHERE "identities"."user_id" = "users"."id"));
