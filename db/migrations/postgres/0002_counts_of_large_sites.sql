CREATE TABLE "site_counts" (
	"name" text PRIMARY KEY NOT NULL,
	"claimed_until" bigint NOT NULL,
	"counted_at" bigint,
	"took_ms" bigint DEFAULT 0 NOT NULL,
	"counts" jsonb
);
--> statement-breakpoint
CREATE INDEX "usage_denied" ON "usage" USING btree ("project_id","interval","bucket","code","count") WHERE "usage"."code" <> 'VALID';