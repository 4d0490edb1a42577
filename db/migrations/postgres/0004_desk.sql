CREATE TABLE "daily_runs" (
	"name" text NOT NULL,
	"day" bigint NOT NULL,
	"taken_until" bigint NOT NULL,
	"finished_at" bigint,
	"result" jsonb,
	CONSTRAINT "daily_runs_name_day_pk" PRIMARY KEY("name","day")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"webhook_id" text NOT NULL,
	"event_id" text NOT NULL,
	"at" bigint NOT NULL,
	"state" text NOT NULL,
	"tries" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"attempts" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"kind" text NOT NULL,
	"project_id" text NOT NULL,
	"subject_id" text NOT NULL,
	"subject_name" text NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"data" jsonb NOT NULL,
	"once" text,
	CONSTRAINT "events_once_unique" UNIQUE("once")
);
--> statement-breakpoint
CREATE TABLE "exemptions" (
	"key_id" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"until" bigint NOT NULL,
	"created_by" text NOT NULL,
	"created_by_name" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "leaks" (
	"id" text PRIMARY KEY NOT NULL,
	"key_id" text NOT NULL,
	"secret_id" text NOT NULL,
	"project_id" text NOT NULL,
	"environment" text NOT NULL,
	"at" bigint NOT NULL,
	"source" text NOT NULL,
	"url" text NOT NULL,
	"switched_off" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"user_id" text NOT NULL,
	"event_id" text NOT NULL,
	"at" bigint NOT NULL,
	"read_at" bigint,
	"mail" text NOT NULL,
	"mail_tries" bigint DEFAULT 0 NOT NULL,
	"mail_at" bigint NOT NULL,
	CONSTRAINT "notices_user_id_event_id_pk" PRIMARY KEY("user_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "sweep_keys" (
	"sweep_id" text NOT NULL,
	"key_id" text NOT NULL,
	"project_id" text NOT NULL,
	"last_used_at" bigint,
	"state" text NOT NULL,
	"note" text,
	CONSTRAINT "sweep_keys_sweep_id_key_id_pk" PRIMARY KEY("sweep_id","key_id")
);
--> statement-breakpoint
CREATE TABLE "sweeps" (
	"id" text PRIMARY KEY NOT NULL,
	"created_by" text NOT NULL,
	"created_by_name" text NOT NULL,
	"created_at" bigint NOT NULL,
	"unused_for_days" bigint NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"started_at" bigint,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"url" text NOT NULL,
	"kinds" jsonb NOT NULL,
	"sealed_secret" text NOT NULL,
	"sealed_older" text,
	"older_until" bigint,
	"created_at" bigint NOT NULL,
	"created_by" text NOT NULL,
	"disabled_at" bigint,
	"deleted_at" bigint
);
--> statement-breakpoint
DROP INDEX "keys_last_used";--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "secret_age" jsonb;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "mail_notices" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exemptions" ADD CONSTRAINT "exemptions_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leaks" ADD CONSTRAINT "leaks_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leaks" ADD CONSTRAINT "leaks_secret_id_secrets_id_fk" FOREIGN KEY ("secret_id") REFERENCES "public"."secrets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweep_keys" ADD CONSTRAINT "sweep_keys_sweep_id_sweeps_id_fk" FOREIGN KEY ("sweep_id") REFERENCES "public"."sweeps"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweep_keys" ADD CONSTRAINT "sweep_keys_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_webhook" ON "deliveries" USING btree ("webhook_id","at","id");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "events_project" ON "events" USING btree ("project_id","at","id");--> statement-breakpoint
CREATE INDEX "events_at" ON "events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "leaks_key" ON "leaks" USING btree ("key_id","at");--> statement-breakpoint
CREATE INDEX "leaks_at" ON "leaks" USING btree ("at");--> statement-breakpoint
CREATE INDEX "notices_user" ON "notices" USING btree ("user_id","at","event_id");--> statement-breakpoint
CREATE INDEX "notices_mail" ON "notices" USING btree ("mail","mail_at");--> statement-breakpoint
CREATE INDEX "sweep_keys_state" ON "sweep_keys" USING btree ("sweep_id","state","key_id");--> statement-breakpoint
CREATE INDEX "sweeps_state" ON "sweeps" USING btree ("state");--> statement-breakpoint
CREATE INDEX "sweeps_created" ON "sweeps" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "webhooks_project" ON "webhooks" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "keys_idle" ON "keys" USING btree ((case when "last_used_at" is null then "created_at" else "last_used_at" end),"id") WHERE "keys"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "secrets_current" ON "secrets" USING btree ("created_at","key_id") WHERE "secrets"."lapses_at" is null;