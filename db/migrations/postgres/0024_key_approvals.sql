CREATE TABLE "rule_exemptions" (
	"key_id" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"until" bigint NOT NULL,
	"created_by" text NOT NULL,
	"created_by_name" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "approval" text;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "approval_at" bigint;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "rules_notified_at" bigint;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "rules_end_at" bigint;--> statement-breakpoint
ALTER TABLE "rule_exemptions" ADD CONSTRAINT "rule_exemptions_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "keys_pending_approval" ON "keys" USING btree ("project_id") WHERE "keys"."approval" = 'pending';