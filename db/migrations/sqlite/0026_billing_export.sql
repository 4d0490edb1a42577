CREATE TABLE `billing_customers` (
	`export_id` text NOT NULL,
	`project_id` text NOT NULL,
	`customer` text,
	PRIMARY KEY(`export_id`, `project_id`),
	FOREIGN KEY (`export_id`) REFERENCES `billing_exports`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `billing_events` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`hour` integer NOT NULL,
	`project_id` text NOT NULL,
	`key_id` text NOT NULL,
	`api` text NOT NULL,
	`operation` text NOT NULL,
	`environment` text NOT NULL,
	`correction` integer NOT NULL,
	`requests` integer NOT NULL,
	`units` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `billing_events_usage` ON `billing_events` (`hour`,`key_id`,`api`,`operation`,`project_id`,`correction`);--> statement-breakpoint
CREATE TABLE `billing_exports` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`adapter` text NOT NULL,
	`url` text NOT NULL,
	`event_name` text NOT NULL,
	`source` text NOT NULL,
	`sealed_secret` text,
	`starts_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`paused_at` integer,
	`position` integer DEFAULT 0 NOT NULL,
	`furthest` integer DEFAULT 0 NOT NULL,
	`replay_from` integer,
	`failures` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer DEFAULT 0 NOT NULL,
	`last_error` text,
	`last_error_at` integer,
	`last_success_at` integer,
	`open_seq` integer,
	`open_since` integer,
	`lease_owner` text,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`test_requested_at` integer,
	`last_test` text
);
--> statement-breakpoint
CREATE TABLE `billing_held_events` (
	`export_id` text NOT NULL,
	`seq` integer NOT NULL,
	`project_id` text NOT NULL,
	`reason` text NOT NULL,
	`detail` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`export_id`, `seq`),
	FOREIGN KEY (`export_id`) REFERENCES `billing_exports`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `billing_held_events_reason` ON `billing_held_events` (`export_id`,`reason`,`project_id`);--> statement-breakpoint
CREATE TABLE `billing_hours` (
	`hour` integer NOT NULL,
	`checks` integer NOT NULL,
	`units` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `billing_hours_hour` ON `billing_hours` (`hour`);