CREATE TABLE `alert_states` (
	`alert_id` text NOT NULL,
	`subject` text NOT NULL,
	`armed` integer NOT NULL,
	`fired_at` integer,
	`day` integer,
	`networks` text,
	PRIMARY KEY(`alert_id`, `subject`),
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `alerts` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`rule` text NOT NULL,
	`bell` integer NOT NULL,
	`mail` integer NOT NULL,
	`webhooks` integer NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`disabled_at` integer,
	`last_fired_at` integer,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `alerts_project` ON `alerts` (`project_id`,`created_at`);