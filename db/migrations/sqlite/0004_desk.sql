CREATE TABLE `daily_runs` (
	`name` text NOT NULL,
	`day` integer NOT NULL,
	`taken_until` integer NOT NULL,
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
CREATE TABLE `leaks` (
	`id` text PRIMARY KEY NOT NULL,
	`key_id` text NOT NULL,
	`secret_id` text NOT NULL,
	`project_id` text NOT NULL,
	`environment` text NOT NULL,
	`at` integer NOT NULL,
	`source` text NOT NULL,
	`url` text NOT NULL,
	`switched_off` integer NOT NULL,
	FOREIGN KEY (`key_id`) REFERENCES `keys`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`secret_id`) REFERENCES `secrets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `leaks_key` ON `leaks` (`key_id`,`at`);--> statement-breakpoint
CREATE INDEX `leaks_at` ON `leaks` (`at`);--> statement-breakpoint
CREATE TABLE `notices` (
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
CREATE INDEX `notices_user` ON `notices` (`user_id`,`at`,`event_id`);--> statement-breakpoint
CREATE INDEX `notices_mail` ON `notices` (`mail`,`mail_at`);--> statement-breakpoint
CREATE TABLE `sweep_keys` (
	`sweep_id` text NOT NULL,
	`key_id` text NOT NULL,
	`project_id` text NOT NULL,
	`last_used_at` integer,
	`state` text NOT NULL,
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
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `sweeps_state` ON `sweeps` (`state`);--> statement-breakpoint
CREATE INDEX `sweeps_created` ON `sweeps` (`created_at`);--> statement-breakpoint
CREATE TABLE `webhooks` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`url` text NOT NULL,
	`kinds` text NOT NULL,
	`sealed_secret` text NOT NULL,
	`sealed_older` text,
	`older_until` integer,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`disabled_at` integer,
	`deleted_at` integer,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `webhooks_project` ON `webhooks` (`project_id`);--> statement-breakpoint
DROP INDEX `keys_last_used`;--> statement-breakpoint
CREATE INDEX `keys_idle` ON `keys` ((case when "last_used_at" is null then "created_at" else "last_used_at" end),`id`) WHERE "keys"."revoked_at" is null;--> statement-breakpoint
ALTER TABLE `projects` ADD `secret_age` text;--> statement-breakpoint
ALTER TABLE `users` ADD `mail_notices` integer DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX `secrets_current` ON `secrets` (`created_at`,`key_id`) WHERE "secrets"."lapses_at" is null;