ALTER TABLE "notices" RENAME TO "notifications";--> statement-breakpoint
ALTER TABLE "sightings" RENAME TO "client_observations";--> statement-breakpoint
ALTER TABLE "refusals" RENAME TO "denials";--> statement-breakpoint
ALTER TABLE "trial_counts" RENAME TO "report_only_counts";--> statement-breakpoint
ALTER TABLE "care_untold" RENAME TO "pending_notifications";--> statement-breakpoint
ALTER TABLE "job_marks" RENAME TO "job_cursors";--> statement-breakpoint
ALTER TABLE "users" RENAME COLUMN "mail_notices" TO "mail_notifications";--> statement-breakpoint
ALTER TABLE "verifiers" RENAME COLUMN "counted_to" TO "counted_until";--> statement-breakpoint
ALTER TABLE "verifiers" RENAME COLUMN "rounds" TO "aggregation_cycles";--> statement-breakpoint
ALTER TABLE "keys" RENAME COLUMN "trial" TO "report_only";--> statement-breakpoint
ALTER TABLE "keys" RENAME COLUMN "trial_since" TO "report_only_since";--> statement-breakpoint
ALTER TABLE "keys" RENAME COLUMN "stands_since" TO "active_since";--> statement-breakpoint
ALTER TABLE "keys" RENAME COLUMN "idle_told_at" TO "idle_notified_at";--> statement-breakpoint
ALTER TABLE "secrets" RENAME COLUMN "lapses_at" TO "overlap_ends_at";--> statement-breakpoint
ALTER TABLE "secrets" RENAME COLUMN "cut_at" TO "disables_key_at";--> statement-breakpoint
ALTER TABLE "daily_runs" RENAME COLUMN "taken_until" TO "claimed_until";--> statement-breakpoint
ALTER TABLE "leaks" RENAME COLUMN "switched_off" TO "key_disabled";--> statement-breakpoint
ALTER TABLE "webhooks" RENAME COLUMN "sealed_older" TO "sealed_previous";--> statement-breakpoint
ALTER TABLE "webhooks" RENAME COLUMN "older_until" TO "previous_until";--> statement-breakpoint
ALTER TABLE "denials" RENAME COLUMN "trial" TO "report_only";--> statement-breakpoint
ALTER TABLE "pending_notifications" RENAME CONSTRAINT "care_untold_what_project_id_pk" TO "pending_notifications_what_project_id_pk";--> statement-breakpoint
ALTER INDEX "notices_user" RENAME TO "notifications_user";--> statement-breakpoint
ALTER INDEX "notices_mail" RENAME TO "notifications_mail";--> statement-breakpoint
ALTER INDEX "notices_event" RENAME TO "notifications_event";--> statement-breakpoint
ALTER TABLE "notifications" RENAME CONSTRAINT "notices_user_id_users_id_fk" TO "notifications_user_id_users_id_fk";--> statement-breakpoint
ALTER TABLE "notifications" RENAME CONSTRAINT "notices_event_id_events_id_fk" TO "notifications_event_id_events_id_fk";--> statement-breakpoint
ALTER TABLE "notifications" RENAME CONSTRAINT "notices_user_id_event_id_pk" TO "notifications_user_id_event_id_pk";--> statement-breakpoint
ALTER INDEX "refusals_project" RENAME TO "denials_project";--> statement-breakpoint
ALTER INDEX "refusals_key" RENAME TO "denials_key";--> statement-breakpoint
ALTER INDEX "refusals_at" RENAME TO "denials_at";--> statement-breakpoint
ALTER INDEX "sightings_day" RENAME TO "client_observations_day";--> statement-breakpoint
ALTER TABLE "client_observations" RENAME CONSTRAINT "sightings_key_id_kind_day_secret_id_value_pk" TO "client_observations_key_id_kind_day_secret_id_value_pk";--> statement-breakpoint
ALTER INDEX "trial_counts_bucket" RENAME TO "report_only_counts_bucket";--> statement-breakpoint
ALTER TABLE "report_only_counts" RENAME CONSTRAINT "trial_counts_key_id_since_bucket_code_pk" TO "report_only_counts_key_id_since_bucket_code_pk";
