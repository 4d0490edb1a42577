CREATE TABLE `apis` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`description` text NOT NULL,
	`access` text NOT NULL,
	`allow_key_in_url` integer NOT NULL,
	`base_url` text,
	`base_paths` text DEFAULT '[]' NOT NULL,
	`path_matching` text DEFAULT 'safe' NOT NULL,
	`openapi` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `apis_slug_unique` ON `apis` (`slug`);--> statement-breakpoint
CREATE TABLE `audit` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text,
	`actor_name` text NOT NULL,
	`via` text NOT NULL,
	`address` text,
	`action` text NOT NULL,
	`project_id` text,
	`subject_id` text NOT NULL,
	`subject_name` text NOT NULL,
	`before` text,
	`after` text,
	`chain` integer,
	`hash` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_id_unique` ON `audit` (`id`);--> statement-breakpoint
CREATE INDEX `audit_project` ON `audit` (`project_id`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_subject` ON `audit` (`subject_id`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_actor` ON `audit` (`actor_id`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_action` ON `audit` (`action`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at`);--> statement-breakpoint
CREATE UNIQUE INDEX `audit_chain` ON `audit` (`chain`);--> statement-breakpoint
CREATE INDEX `audit_unsealed` ON `audit` (`seq`) WHERE "audit"."chain" is null;--> statement-breakpoint
CREATE TABLE `changes` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `client_observations` (
	`key_id` text NOT NULL,
	`secret_id` text NOT NULL,
	`kind` text NOT NULL,
	`day` integer NOT NULL,
	`value` text NOT NULL,
	`count` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	PRIMARY KEY(`key_id`, `kind`, `day`, `secret_id`, `value`)
);
--> statement-breakpoint
CREATE INDEX `client_observations_day` ON `client_observations` (`day`);--> statement-breakpoint
CREATE TABLE `daily_runs` (
	`name` text NOT NULL,
	`day` integer NOT NULL,
	`claimed_until` integer NOT NULL,
	`finished_at` integer,
	`result` text,
	PRIMARY KEY(`name`, `day`)
);
--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`webhook_id` text NOT NULL,
	`event_id` text NOT NULL,
	`at` integer NOT NULL,
	`state` text NOT NULL,
	`tries` integer NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` text NOT NULL,
	FOREIGN KEY (`webhook_id`) REFERENCES `webhooks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `deliveries_webhook` ON `deliveries` (`webhook_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `deliveries_event` ON `deliveries` (`event_id`);--> statement-breakpoint
CREATE TABLE `denials` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`key_id` text NOT NULL,
	`at` integer NOT NULL,
	`code` text NOT NULL,
	`report_only` integer NOT NULL,
	`environment` text NOT NULL,
	`api` text NOT NULL,
	`operation` text NOT NULL,
	`observed` text NOT NULL,
	`client` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `denials_project` ON `denials` (`project_id`,`report_only`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `denials_key` ON `denials` (`key_id`,`report_only`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `denials_at` ON `denials` (`at`);--> statement-breakpoint
CREATE TABLE `events` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`project_id` text NOT NULL,
	`subject_id` text NOT NULL,
	`subject_name` text NOT NULL,
	`actor_id` text,
	`actor_name` text NOT NULL,
	`data` text NOT NULL,
	`once` text,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_once_unique` ON `events` (`once`);--> statement-breakpoint
CREATE INDEX `events_project` ON `events` (`project_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `events_at` ON `events` (`at`);--> statement-breakpoint
CREATE TABLE `exemptions` (
	`key_id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`until` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_by_name` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`key_id`) REFERENCES `keys`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `idempotency` (
	`id` text PRIMARY KEY NOT NULL,
	`owner` text,
	`request_hash` text NOT NULL,
	`status` integer,
	`sealed` text,
	`credential` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `idempotency_created` ON `idempotency` (`created_at`);--> statement-breakpoint
CREATE INDEX `idempotency_owner` ON `idempotency` (`owner`);--> statement-breakpoint
CREATE TABLE `identities` (
	`issuer` text NOT NULL,
	`account_id` text NOT NULL,
	`provider` text NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`issuer`, `account_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `identities_user` ON `identities` (`user_id`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`hash` text NOT NULL,
	`email` text,
	`project_id` text,
	`role` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`mailed_at` integer,
	`expires_at` integer NOT NULL,
	`accepted_at` integer,
	`withdrawn_at` integer,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_hash_unique` ON `invitations` (`hash`);--> statement-breakpoint
CREATE INDEX `invitations_project` ON `invitations` (`project_id`);--> statement-breakpoint
CREATE INDEX `invitations_email` ON `invitations` (`email`);--> statement-breakpoint
CREATE INDEX `invitations_inviter` ON `invitations` (`created_by`,`created_at`);--> statement-breakpoint
CREATE TABLE `job_cursors` (
	`job` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `journal_segments` (
	`id` text PRIMARY KEY NOT NULL,
	`applied_at` integer NOT NULL,
	`lines` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `journal_segments_applied` ON `journal_segments` (`applied_at`);--> statement-breakpoint
CREATE TABLE `key_apis` (
	`project_id` text NOT NULL,
	`api` text NOT NULL,
	`key_id` text NOT NULL,
	PRIMARY KEY(`project_id`, `api`, `key_id`),
	FOREIGN KEY (`key_id`) REFERENCES `keys`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `key_apis_key` ON `key_apis` (`key_id`);--> statement-breakpoint
CREATE TABLE `keys` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`name` text NOT NULL,
	`environment` text NOT NULL,
	`enabled` integer NOT NULL,
	`expires_at` integer,
	`disabled_by` text,
	`revoked_at` integer,
	`revoked_by` text,
	`restrictions` text NOT NULL,
	`restricted_by` text DEFAULT '' NOT NULL,
	`report_only` text,
	`report_only_since` integer,
	`limits` text,
	`metadata` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`last_used_at` integer,
	`active_since` integer,
	`idle_notified_at` integer,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `keys_project` ON `keys` (`project_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `keys_revoked` ON `keys` (`project_id`,`revoked_at`);--> statement-breakpoint
CREATE INDEX `keys_created` ON `keys` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `keys_limited` ON `keys` (`id`) WHERE "keys"."limits" is not null;--> statement-breakpoint
CREATE INDEX `keys_idle` ON `keys` ((case when "active_since" is not null and ("last_used_at" is null or "last_used_at" < "active_since") then "active_since" when "last_used_at" is null then "created_at" else "last_used_at" end),`id`) WHERE "keys"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX `keys_expiring` ON `keys` (`expires_at`,`id`) WHERE "keys"."revoked_at" is null and "keys"."expires_at" is not null;--> statement-breakpoint
CREATE TABLE `leaks` (
	`id` text PRIMARY KEY NOT NULL,
	`key_id` text NOT NULL,
	`secret_id` text NOT NULL,
	`project_id` text NOT NULL,
	`environment` text NOT NULL,
	`at` integer NOT NULL,
	`source` text NOT NULL,
	`url` text NOT NULL,
	`key_disabled` integer NOT NULL,
	FOREIGN KEY (`key_id`) REFERENCES `keys`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`secret_id`) REFERENCES `secrets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `leaks_key` ON `leaks` (`key_id`,`at`);--> statement-breakpoint
CREATE INDEX `leaks_at` ON `leaks` (`at`);--> statement-breakpoint
CREATE TABLE `management_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`hint` text NOT NULL,
	`scopes` text DEFAULT '[]' NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	`used_from` text DEFAULT '[]' NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `management_tokens_hash_unique` ON `management_tokens` (`hash`);--> statement-breakpoint
CREATE INDEX `management_tokens_user` ON `management_tokens` (`user_id`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`project_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`project_id`, `user_id`),
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `memberships_user` ON `memberships` (`user_id`);--> statement-breakpoint
CREATE TABLE `notifications` (
	`user_id` text NOT NULL,
	`event_id` text NOT NULL,
	`at` integer NOT NULL,
	`read_at` integer,
	`mail` text NOT NULL,
	`mail_tries` integer DEFAULT 0 NOT NULL,
	`mail_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `event_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `notifications_user` ON `notifications` (`user_id`,`at`,`event_id`);--> statement-breakpoint
CREATE INDEX `notifications_mail` ON `notifications` (`mail`,`mail_at`);--> statement-breakpoint
CREATE INDEX `notifications_event` ON `notifications` (`event_id`);--> statement-breakpoint
CREATE TABLE `operations` (
	`api_id` text NOT NULL,
	`name` text NOT NULL,
	`summary` text,
	`method` text,
	`path` text,
	`base_paths` text,
	`operation_id` text,
	`position` integer NOT NULL,
	PRIMARY KEY(`api_id`, `name`),
	FOREIGN KEY (`api_id`) REFERENCES `apis`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `pending_notifications` (
	`what` text NOT NULL,
	`project_id` text NOT NULL,
	`keys` integer NOT NULL,
	`days` integer NOT NULL,
	`key_id` text NOT NULL,
	`idle_since` integer NOT NULL,
	PRIMARY KEY(`what`, `project_id`)
);
--> statement-breakpoint
CREATE TABLE `policies` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `project_apis` (
	`project_id` text NOT NULL,
	`api_id` text NOT NULL,
	`status` text NOT NULL,
	`requested_by` text NOT NULL,
	`requested_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`message` text,
	PRIMARY KEY(`project_id`, `api_id`),
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`api_id`) REFERENCES `apis`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `project_apis_status` ON `project_apis` (`status`,`requested_at`);--> statement-breakpoint
CREATE TABLE `projects` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`suspended_at` integer,
	`secret_age` text,
	`limits` text,
	`ceiling` text,
	`deleted_at` integer,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `report_only_counts` (
	`key_id` text NOT NULL,
	`since` integer NOT NULL,
	`bucket` integer NOT NULL,
	`code` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`key_id`, `since`, `bucket`, `code`)
);
--> statement-breakpoint
CREATE INDEX `report_only_counts_bucket` ON `report_only_counts` (`bucket`);--> statement-breakpoint
CREATE TABLE `secrets` (
	`id` text PRIMARY KEY NOT NULL,
	`key_id` text NOT NULL,
	`hash` text NOT NULL,
	`hint` text NOT NULL,
	`created_at` integer NOT NULL,
	`overlap_ends_at` integer,
	`last_used_at` integer,
	`disables_key_at` integer,
	FOREIGN KEY (`key_id`) REFERENCES `keys`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `secrets_hash_unique` ON `secrets` (`hash`);--> statement-breakpoint
CREATE INDEX `secrets_key` ON `secrets` (`key_id`);--> statement-breakpoint
CREATE INDEX `secrets_current` ON `secrets` (`created_at`,`key_id`) WHERE "secrets"."overlap_ends_at" is null;--> statement-breakpoint
CREATE TABLE `service_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`hint` text NOT NULL,
	`api_id` text,
	`trusted_proxies` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`api_id`) REFERENCES `apis`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `service_tokens_hash_unique` ON `service_tokens` (`hash`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer,
	`address` text,
	`user_agent` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_hash_unique` ON `sessions` (`hash`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `sign_in_failures` (
	`subject` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`last_failed_at` integer NOT NULL,
	`blocked_until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sweep_keys` (
	`sweep_id` text NOT NULL,
	`key_id` text NOT NULL,
	`project_id` text NOT NULL,
	`last_used_at` integer,
	`state` text NOT NULL,
	`revoked_at` integer,
	`note` text,
	PRIMARY KEY(`sweep_id`, `key_id`),
	FOREIGN KEY (`sweep_id`) REFERENCES `sweeps`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`key_id`) REFERENCES `keys`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sweep_keys_state` ON `sweep_keys` (`sweep_id`,`state`,`key_id`);--> statement-breakpoint
CREATE TABLE `sweeps` (
	`id` text PRIMARY KEY NOT NULL,
	`created_by` text NOT NULL,
	`created_by_name` text NOT NULL,
	`created_at` integer NOT NULL,
	`unused_for_days` integer NOT NULL,
	`reason` text NOT NULL,
	`state` text NOT NULL,
	`started_at` integer,
	`started_by` text,
	`started_by_name` text,
	`undone_by` text,
	`undone_by_name` text,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `sweeps_state` ON `sweeps` (`state`);--> statement-breakpoint
CREATE INDEX `sweeps_created` ON `sweeps` (`created_at`);--> statement-breakpoint
CREATE TABLE `usage` (
	`interval` text NOT NULL,
	`project_id` text NOT NULL,
	`bucket` integer NOT NULL,
	`key_id` text NOT NULL,
	`secret_id` text NOT NULL,
	`api` text NOT NULL,
	`operation` text NOT NULL,
	`environment` text NOT NULL,
	`code` text NOT NULL,
	`count` integer NOT NULL,
	`units` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`interval`, `project_id`, `bucket`, `key_id`, `secret_id`, `api`, `operation`, `environment`, `code`)
);
--> statement-breakpoint
CREATE INDEX `usage_key` ON `usage` (`interval`,`key_id`,`bucket`);--> statement-breakpoint
CREATE INDEX `usage_time` ON `usage` (`interval`,`bucket`,`code`,`project_id`,`count`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`email_verified_at` integer,
	`name` text NOT NULL,
	`password_hash` text,
	`site_role` text NOT NULL,
	`created_at` integer NOT NULL,
	`disabled_at` integer,
	`mail_notifications` integer DEFAULT true NOT NULL,
	`credentials_ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);--> statement-breakpoint
CREATE TABLE `verifiers` (
	`id` text PRIMARY KEY NOT NULL,
	`address` text NOT NULL,
	`version` text NOT NULL,
	`started_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`feed_seq` integer NOT NULL,
	`feed_gaps` text,
	`counted_until` integer,
	`limits` text DEFAULT '' NOT NULL,
	`aggregation_cycles` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `webhooks` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`url` text NOT NULL,
	`kinds` text NOT NULL,
	`sealed_secret` text NOT NULL,
	`sealed_previous` text,
	`previous_until` integer,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`disabled_at` integer,
	`deleted_at` integer,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `webhooks_project` ON `webhooks` (`project_id`);--> statement-breakpoint
-- Handwritten: entries of the audit log are appended and sealed, and never changed or deleted.
CREATE TRIGGER `audit_is_kept` BEFORE UPDATE ON `audit`
WHEN OLD.`chain` IS NOT NULL OR NEW.`chain` IS NULL
	OR NEW.`seq` IS NOT OLD.`seq`
	OR NEW.`id` IS NOT OLD.`id`
	OR NEW.`at` IS NOT OLD.`at`
	OR NEW.`actor_id` IS NOT OLD.`actor_id`
	OR NEW.`actor_name` IS NOT OLD.`actor_name`
	OR NEW.`via` IS NOT OLD.`via`
	OR NEW.`address` IS NOT OLD.`address`
	OR NEW.`action` IS NOT OLD.`action`
	OR NEW.`project_id` IS NOT OLD.`project_id`
	OR NEW.`subject_id` IS NOT OLD.`subject_id`
	OR NEW.`subject_name` IS NOT OLD.`subject_name`
	OR NEW.`before` IS NOT OLD.`before`
	OR NEW.`after` IS NOT OLD.`after`
BEGIN
	SELECT RAISE(ABORT, 'audit rows can''t be changed');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_is_not_deleted` BEFORE DELETE ON `audit`
BEGIN
	SELECT RAISE(ABORT, 'audit rows can''t be changed');
END;
