CREATE TABLE "apis" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"access" text NOT NULL,
	"allow_key_in_url" boolean NOT NULL,
	"base_url" text,
	"base_paths" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"path_matching" text DEFAULT 'safe' NOT NULL,
	"openapi" jsonb,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "apis_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"at" bigint NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"via" text NOT NULL,
	"address" text,
	"action" text NOT NULL,
	"project_id" text,
	"subject_id" text NOT NULL,
	"subject_name" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"chain" bigint,
	"hash" text,
	CONSTRAINT "audit_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "client_observations" (
	"key_id" text NOT NULL,
	"secret_id" text NOT NULL,
	"kind" text NOT NULL,
	"day" bigint NOT NULL,
	"value" text NOT NULL,
	"count" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	CONSTRAINT "client_observations_key_id_kind_day_secret_id_value_pk" PRIMARY KEY("key_id","kind","day","secret_id","value")
);
--> statement-breakpoint
CREATE TABLE "daily_runs" (
	"name" text NOT NULL,
	"day" bigint NOT NULL,
	"claimed_until" bigint NOT NULL,
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
CREATE TABLE "denials" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"key_id" text NOT NULL,
	"at" bigint NOT NULL,
	"code" text NOT NULL,
	"report_only" boolean NOT NULL,
	"environment" text NOT NULL,
	"api" text NOT NULL,
	"operation" text NOT NULL,
	"observed" jsonb NOT NULL,
	"client" jsonb NOT NULL
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
CREATE TABLE "idempotency" (
	"id" text PRIMARY KEY NOT NULL,
	"owner" text,
	"request_hash" text NOT NULL,
	"status" bigint,
	"sealed" text,
	"credential" jsonb,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"issuer" text NOT NULL,
	"account_id" text NOT NULL,
	"provider" text NOT NULL,
	"user_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "identities_issuer_account_id_pk" PRIMARY KEY("issuer","account_id")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"hash" text NOT NULL,
	"email" text,
	"project_id" text,
	"role" text,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"mailed_at" bigint,
	"expires_at" bigint NOT NULL,
	"accepted_at" bigint,
	"withdrawn_at" bigint,
	CONSTRAINT "invitations_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "job_cursors" (
	"job" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "journal_segments" (
	"id" text PRIMARY KEY NOT NULL,
	"applied_at" bigint NOT NULL,
	"lines" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "key_apis" (
	"project_id" text NOT NULL,
	"api" text NOT NULL,
	"key_id" text NOT NULL,
	CONSTRAINT "key_apis_project_id_api_key_id_pk" PRIMARY KEY("project_id","api","key_id")
);
--> statement-breakpoint
CREATE TABLE "keys" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"environment" text NOT NULL,
	"enabled" boolean NOT NULL,
	"expires_at" bigint,
	"disabled_by" text,
	"revoked_at" bigint,
	"revoked_by" text,
	"restrictions" jsonb NOT NULL,
	"restricted_by" text DEFAULT '' NOT NULL,
	"report_only" jsonb,
	"report_only_since" bigint,
	"limits" jsonb,
	"metadata" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	"created_by" text NOT NULL,
	"last_used_at" bigint,
	"active_since" bigint,
	"idle_notified_at" bigint
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
	"key_disabled" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "management_tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"hint" text NOT NULL,
	"scopes" jsonb DEFAULT '[]' NOT NULL,
	"created_at" bigint NOT NULL,
	"last_used_at" bigint,
	"used_from" jsonb DEFAULT '[]' NOT NULL,
	"revoked_at" bigint,
	CONSTRAINT "management_tokens_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"project_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "memberships_project_id_user_id_pk" PRIMARY KEY("project_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"user_id" text NOT NULL,
	"event_id" text NOT NULL,
	"at" bigint NOT NULL,
	"read_at" bigint,
	"mail" text NOT NULL,
	"mail_tries" bigint DEFAULT 0 NOT NULL,
	"mail_at" bigint NOT NULL,
	CONSTRAINT "notifications_user_id_event_id_pk" PRIMARY KEY("user_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "operations" (
	"api_id" text NOT NULL,
	"name" text NOT NULL,
	"summary" text,
	"method" text,
	"path" text,
	"base_paths" jsonb,
	"operation_id" text,
	"position" bigint NOT NULL,
	CONSTRAINT "operations_api_id_name_pk" PRIMARY KEY("api_id","name")
);
--> statement-breakpoint
CREATE TABLE "pending_notifications" (
	"what" text NOT NULL,
	"project_id" text NOT NULL,
	"keys" bigint NOT NULL,
	"days" bigint NOT NULL,
	"key_id" text NOT NULL,
	"idle_since" bigint NOT NULL,
	CONSTRAINT "pending_notifications_what_project_id_pk" PRIMARY KEY("what","project_id")
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" bigint NOT NULL,
	"updated_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "project_apis" (
	"project_id" text NOT NULL,
	"api_id" text NOT NULL,
	"status" text NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" bigint NOT NULL,
	"decided_by" text,
	"decided_at" bigint,
	"message" text,
	CONSTRAINT "project_apis_project_id_api_id_pk" PRIMARY KEY("project_id","api_id")
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" bigint NOT NULL,
	"created_by" text NOT NULL,
	"suspended_at" bigint,
	"secret_age" jsonb,
	"limits" jsonb,
	"ceiling" jsonb,
	"deleted_at" bigint
);
--> statement-breakpoint
CREATE TABLE "report_only_counts" (
	"key_id" text NOT NULL,
	"since" bigint NOT NULL,
	"bucket" bigint NOT NULL,
	"code" text NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "report_only_counts_key_id_since_bucket_code_pk" PRIMARY KEY("key_id","since","bucket","code")
);
--> statement-breakpoint
CREATE TABLE "secrets" (
	"id" text PRIMARY KEY NOT NULL,
	"key_id" text NOT NULL,
	"hash" text NOT NULL,
	"hint" text NOT NULL,
	"created_at" bigint NOT NULL,
	"overlap_ends_at" bigint,
	"last_used_at" bigint,
	"disables_key_at" bigint,
	CONSTRAINT "secrets_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "service_tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"hint" text NOT NULL,
	"api_id" text,
	"trusted_proxies" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	"created_by" text NOT NULL,
	"revoked_at" bigint,
	CONSTRAINT "service_tokens_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"hash" text,
	"user_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"ended_at" bigint,
	"address" text,
	"user_agent" text,
	CONSTRAINT "sessions_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"subject" text PRIMARY KEY NOT NULL,
	"failures" bigint NOT NULL,
	"last_failed_at" bigint NOT NULL,
	"blocked_until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sweep_keys" (
	"sweep_id" text NOT NULL,
	"key_id" text NOT NULL,
	"project_id" text NOT NULL,
	"last_used_at" bigint,
	"state" text NOT NULL,
	"revoked_at" bigint,
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
	"started_by" text,
	"started_by_name" text,
	"undone_by" text,
	"undone_by_name" text,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "usage" (
	"interval" text NOT NULL,
	"project_id" text NOT NULL,
	"bucket" bigint NOT NULL,
	"key_id" text NOT NULL,
	"secret_id" text NOT NULL,
	"api" text NOT NULL,
	"operation" text NOT NULL,
	"environment" text NOT NULL,
	"code" text NOT NULL,
	"count" bigint NOT NULL,
	"units" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "usage_interval_project_id_bucket_key_id_secret_id_api_operation_environment_code_pk" PRIMARY KEY("interval","project_id","bucket","key_id","secret_id","api","operation","environment","code")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"email_verified_at" bigint,
	"name" text NOT NULL,
	"password_hash" text,
	"site_role" text NOT NULL,
	"created_at" bigint NOT NULL,
	"disabled_at" bigint,
	"mail_notifications" boolean DEFAULT true NOT NULL,
	"credentials_ended_at" bigint,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verifiers" (
	"id" text PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"version" text NOT NULL,
	"started_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	"feed_seq" bigint NOT NULL,
	"feed_gaps" jsonb,
	"counted_until" bigint,
	"limits" text DEFAULT '' NOT NULL,
	"aggregation_cycles" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"url" text NOT NULL,
	"kinds" jsonb NOT NULL,
	"sealed_secret" text NOT NULL,
	"sealed_previous" text,
	"previous_until" bigint,
	"created_at" bigint NOT NULL,
	"created_by" text NOT NULL,
	"disabled_at" bigint,
	"deleted_at" bigint
);
--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exemptions" ADD CONSTRAINT "exemptions_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_apis" ADD CONSTRAINT "key_apis_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "keys" ADD CONSTRAINT "keys_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "keys" ADD CONSTRAINT "keys_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leaks" ADD CONSTRAINT "leaks_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leaks" ADD CONSTRAINT "leaks_secret_id_secrets_id_fk" FOREIGN KEY ("secret_id") REFERENCES "public"."secrets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "management_tokens" ADD CONSTRAINT "management_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_api_id_apis_id_fk" FOREIGN KEY ("api_id") REFERENCES "public"."apis"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_apis" ADD CONSTRAINT "project_apis_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_apis" ADD CONSTRAINT "project_apis_api_id_apis_id_fk" FOREIGN KEY ("api_id") REFERENCES "public"."apis"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secrets" ADD CONSTRAINT "secrets_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_tokens" ADD CONSTRAINT "service_tokens_api_id_apis_id_fk" FOREIGN KEY ("api_id") REFERENCES "public"."apis"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweep_keys" ADD CONSTRAINT "sweep_keys_sweep_id_sweeps_id_fk" FOREIGN KEY ("sweep_id") REFERENCES "public"."sweeps"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweep_keys" ADD CONSTRAINT "sweep_keys_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_project" ON "audit" USING btree ("project_id","seq");--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("subject_id","seq");--> statement-breakpoint
CREATE INDEX "audit_actor" ON "audit" USING btree ("actor_id","seq");--> statement-breakpoint
CREATE INDEX "audit_action" ON "audit" USING btree ("action","seq");--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_chain" ON "audit" USING btree ("chain");--> statement-breakpoint
CREATE INDEX "audit_unsealed" ON "audit" USING btree ("seq") WHERE "audit"."chain" is null;--> statement-breakpoint
CREATE INDEX "client_observations_day" ON "client_observations" USING btree ("day");--> statement-breakpoint
CREATE INDEX "deliveries_webhook" ON "deliveries" USING btree ("webhook_id","at","id");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "deliveries_event" ON "deliveries" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "denials_project" ON "denials" USING btree ("project_id","report_only","at","id");--> statement-breakpoint
CREATE INDEX "denials_key" ON "denials" USING btree ("key_id","report_only","at","id");--> statement-breakpoint
CREATE INDEX "denials_at" ON "denials" USING btree ("at");--> statement-breakpoint
CREATE INDEX "events_project" ON "events" USING btree ("project_id","at","id");--> statement-breakpoint
CREATE INDEX "events_at" ON "events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "idempotency_created" ON "idempotency" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "idempotency_owner" ON "idempotency" USING btree ("owner");--> statement-breakpoint
CREATE INDEX "identities_user" ON "identities" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "invitations_project" ON "invitations" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "invitations_email" ON "invitations" USING btree ("email");--> statement-breakpoint
CREATE INDEX "invitations_inviter" ON "invitations" USING btree ("created_by","created_at");--> statement-breakpoint
CREATE INDEX "journal_segments_applied" ON "journal_segments" USING btree ("applied_at");--> statement-breakpoint
CREATE INDEX "key_apis_key" ON "key_apis" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "keys_project" ON "keys" USING btree ("project_id","created_at");--> statement-breakpoint
CREATE INDEX "keys_revoked" ON "keys" USING btree ("project_id","revoked_at");--> statement-breakpoint
CREATE INDEX "keys_created" ON "keys" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "keys_limited" ON "keys" USING btree ("id") WHERE "keys"."limits" is not null;--> statement-breakpoint
CREATE INDEX "keys_idle" ON "keys" USING btree ((case when "active_since" is not null and ("last_used_at" is null or "last_used_at" < "active_since") then "active_since" when "last_used_at" is null then "created_at" else "last_used_at" end),"id") WHERE "keys"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "keys_expiring" ON "keys" USING btree ("expires_at","id") WHERE "keys"."revoked_at" is null and "keys"."expires_at" is not null;--> statement-breakpoint
CREATE INDEX "leaks_key" ON "leaks" USING btree ("key_id","at");--> statement-breakpoint
CREATE INDEX "leaks_at" ON "leaks" USING btree ("at");--> statement-breakpoint
CREATE INDEX "management_tokens_user" ON "management_tokens" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "memberships_user" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "notifications_user" ON "notifications" USING btree ("user_id","at","event_id");--> statement-breakpoint
CREATE INDEX "notifications_mail" ON "notifications" USING btree ("mail","mail_at");--> statement-breakpoint
CREATE INDEX "notifications_event" ON "notifications" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "project_apis_status" ON "project_apis" USING btree ("status","requested_at");--> statement-breakpoint
CREATE INDEX "report_only_counts_bucket" ON "report_only_counts" USING btree ("bucket");--> statement-breakpoint
CREATE INDEX "secrets_key" ON "secrets" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "secrets_current" ON "secrets" USING btree ("created_at","key_id") WHERE "secrets"."overlap_ends_at" is null;--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sweep_keys_state" ON "sweep_keys" USING btree ("sweep_id","state","key_id");--> statement-breakpoint
CREATE INDEX "sweeps_state" ON "sweeps" USING btree ("state");--> statement-breakpoint
CREATE INDEX "sweeps_created" ON "sweeps" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "usage_key" ON "usage" USING btree ("interval","key_id","bucket");--> statement-breakpoint
CREATE INDEX "usage_time" ON "usage" USING btree ("interval","bucket","code","project_id","count");--> statement-breakpoint
CREATE INDEX "webhooks_project" ON "webhooks" USING btree ("project_id");--> statement-breakpoint
-- Handwritten: entries of the audit log are appended and sealed, and never changed or deleted.
CREATE FUNCTION "keep_audit"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'UPDATE' THEN
		IF NOT (OLD."chain" IS NOT NULL OR NEW."chain" IS NULL
		OR NEW."seq" IS DISTINCT FROM OLD."seq"
		OR NEW."id" IS DISTINCT FROM OLD."id"
		OR NEW."at" IS DISTINCT FROM OLD."at"
		OR NEW."actor_id" IS DISTINCT FROM OLD."actor_id"
		OR NEW."actor_name" IS DISTINCT FROM OLD."actor_name"
		OR NEW."via" IS DISTINCT FROM OLD."via"
		OR NEW."address" IS DISTINCT FROM OLD."address"
		OR NEW."action" IS DISTINCT FROM OLD."action"
		OR NEW."project_id" IS DISTINCT FROM OLD."project_id"
		OR NEW."subject_id" IS DISTINCT FROM OLD."subject_id"
		OR NEW."subject_name" IS DISTINCT FROM OLD."subject_name"
		OR NEW."before" IS DISTINCT FROM OLD."before"
		OR NEW."after" IS DISTINCT FROM OLD."after") THEN
			RETURN NEW;
		END IF;
	END IF;
	RAISE EXCEPTION 'audit rows can''t be changed';
END $$;
--> statement-breakpoint
CREATE TRIGGER "audit_is_kept" BEFORE UPDATE OR DELETE ON "audit" FOR EACH ROW EXECUTE FUNCTION "keep_audit"();
--> statement-breakpoint
CREATE TRIGGER "audit_is_not_emptied" BEFORE TRUNCATE ON "audit" FOR EACH STATEMENT EXECUTE FUNCTION "keep_audit"();
