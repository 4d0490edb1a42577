-- Handwritten: SQLite can only drop NOT NULL by copying the table. Deliveries refer to it, so they are copied too: first
-- the new tables, then the old ones go, the referring one first. Renaming a table also renames it in references.
CREATE TABLE `__new_webhooks` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text,
	`format` text DEFAULT 'signed' NOT NULL,
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
INSERT INTO `__new_webhooks` (`id`, `project_id`, `url`, `kinds`, `sealed_secret`, `sealed_previous`, `previous_until`, `created_at`, `created_by`, `disabled_at`, `deleted_at`) SELECT `id`, `project_id`, `url`, `kinds`, `sealed_secret`, `sealed_previous`, `previous_until`, `created_at`, `created_by`, `disabled_at`, `deleted_at` FROM `webhooks`;--> statement-breakpoint
CREATE TABLE `__new_deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`webhook_id` text NOT NULL,
	`event_id` text NOT NULL,
	`at` integer NOT NULL,
	`state` text NOT NULL,
	`tries` integer NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` text NOT NULL,
	FOREIGN KEY (`webhook_id`) REFERENCES `__new_webhooks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `__new_deliveries` (`id`, `webhook_id`, `event_id`, `at`, `state`, `tries`, `due_at`, `attempts`) SELECT `id`, `webhook_id`, `event_id`, `at`, `state`, `tries`, `due_at`, `attempts` FROM `deliveries`;--> statement-breakpoint
DROP TABLE `deliveries`;--> statement-breakpoint
DROP TABLE `webhooks`;--> statement-breakpoint
ALTER TABLE `__new_webhooks` RENAME TO `webhooks`;--> statement-breakpoint
ALTER TABLE `__new_deliveries` RENAME TO `deliveries`;--> statement-breakpoint
CREATE INDEX `webhooks_project` ON `webhooks` (`project_id`);--> statement-breakpoint
CREATE INDEX `deliveries_webhook` ON `deliveries` (`webhook_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `deliveries_event` ON `deliveries` (`event_id`);
