ALTER TABLE "management_tokens" ALTER COLUMN "user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "account_links" ADD COLUMN "new_email" text;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "redacted_by" text;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "created_by_token" text;--> statement-breakpoint
ALTER TABLE "management_tokens" ADD COLUMN "project_id" text;--> statement-breakpoint
ALTER TABLE "management_tokens" ADD COLUMN "role" text;--> statement-breakpoint
ALTER TABLE "management_tokens" ADD COLUMN "created_by" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "deleted_at" bigint;--> statement-breakpoint
ALTER TABLE "management_tokens" ADD CONSTRAINT "management_tokens_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "management_tokens" ADD CONSTRAINT "management_tokens_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_redacted" ON "audit" USING btree ("redacted_by","chain") WHERE "audit"."redacted_by" is not null;--> statement-breakpoint
CREATE INDEX "management_tokens_project" ON "management_tokens" USING btree ("project_id","created_at");--> statement-breakpoint
-- Handwritten: besides sealing, the personal data of a deleted account may be removed from a sealed row.
CREATE OR REPLACE FUNCTION "keep_audit"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'UPDATE' THEN
		IF NOT (NEW."seq" IS DISTINCT FROM OLD."seq"
		OR NEW."id" IS DISTINCT FROM OLD."id"
		OR NEW."at" IS DISTINCT FROM OLD."at"
		OR NEW."actor_id" IS DISTINCT FROM OLD."actor_id"
		OR NEW."via" IS DISTINCT FROM OLD."via"
		OR NEW."address" IS DISTINCT FROM OLD."address"
		OR NEW."action" IS DISTINCT FROM OLD."action"
		OR NEW."project_id" IS DISTINCT FROM OLD."project_id"
		OR NEW."subject_id" IS DISTINCT FROM OLD."subject_id")
		AND (
			OLD."chain" IS NULL AND NEW."chain" IS NOT NULL
			AND NEW."actor_name" IS NOT DISTINCT FROM OLD."actor_name"
			AND NEW."subject_name" IS NOT DISTINCT FROM OLD."subject_name"
			AND NEW."before" IS NOT DISTINCT FROM OLD."before"
			AND NEW."after" IS NOT DISTINCT FROM OLD."after"
			AND NEW."redacted_by" IS NOT DISTINCT FROM OLD."redacted_by"
			OR OLD."chain" IS NOT NULL AND NEW."chain" IS NOT DISTINCT FROM OLD."chain" AND NEW."hash" IS NOT DISTINCT FROM OLD."hash"
			AND NEW."redacted_by" IS NOT NULL AND NEW."redacted_by" IS DISTINCT FROM OLD."redacted_by"
		) THEN
			RETURN NEW;
		END IF;
	END IF;
	RAISE EXCEPTION 'audit rows can''t be changed';
END $$;
