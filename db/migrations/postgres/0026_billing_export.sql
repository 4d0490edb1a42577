CREATE TABLE "billing_customers" (
	"export_id" text NOT NULL,
	"project_id" text NOT NULL,
	"customer" text,
	CONSTRAINT "billing_customers_export_id_project_id_pk" PRIMARY KEY("export_id","project_id")
);
--> statement-breakpoint
CREATE TABLE "billing_events" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"hour" bigint NOT NULL,
	"project_id" text NOT NULL,
	"key_id" text NOT NULL,
	"api" text NOT NULL,
	"operation" text NOT NULL,
	"environment" text NOT NULL,
	"correction" bigint NOT NULL,
	"requests" bigint NOT NULL,
	"units" bigint NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "billing_exports" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"adapter" text NOT NULL,
	"url" text NOT NULL,
	"event_name" text NOT NULL,
	"source" text NOT NULL,
	"sealed_secret" text,
	"starts_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"created_by" text NOT NULL,
	"paused_at" bigint,
	"position" bigint DEFAULT 0 NOT NULL,
	"furthest" bigint DEFAULT 0 NOT NULL,
	"replay_from" bigint,
	"failures" bigint DEFAULT 0 NOT NULL,
	"next_attempt_at" bigint DEFAULT 0 NOT NULL,
	"last_error" text,
	"last_error_at" bigint,
	"last_success_at" bigint,
	"open_seq" bigint,
	"open_since" bigint,
	"lease_owner" text,
	"lease_until" bigint DEFAULT 0 NOT NULL,
	"test_requested_at" bigint,
	"last_test" jsonb
);
--> statement-breakpoint
CREATE TABLE "billing_held_events" (
	"export_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"project_id" text NOT NULL,
	"reason" text NOT NULL,
	"detail" text,
	"at" bigint NOT NULL,
	CONSTRAINT "billing_held_events_export_id_seq_pk" PRIMARY KEY("export_id","seq")
);
--> statement-breakpoint
CREATE TABLE "billing_hours" (
	"hour" bigint NOT NULL,
	"checks" bigint NOT NULL,
	"units" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "billing_customers" ADD CONSTRAINT "billing_customers_export_id_billing_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."billing_exports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "billing_held_events" ADD CONSTRAINT "billing_held_events_export_id_billing_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."billing_exports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "billing_events_usage" ON "billing_events" USING btree ("hour","key_id","api","operation","project_id","correction");--> statement-breakpoint
CREATE INDEX "billing_held_events_reason" ON "billing_held_events" USING btree ("export_id","reason","project_id");--> statement-breakpoint
CREATE UNIQUE INDEX "billing_hours_hour" ON "billing_hours" USING btree ("hour");