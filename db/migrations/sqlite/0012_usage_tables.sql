CREATE TABLE `usage_days` (
	`bucket` integer NOT NULL,
	`series` integer NOT NULL,
	`count` integer NOT NULL,
	`units` integer NOT NULL,
	PRIMARY KEY(`bucket`, `series`)
);
--> statement-breakpoint
CREATE TABLE `usage_hours` (
	`bucket` integer NOT NULL,
	`series` integer NOT NULL,
	`count` integer NOT NULL,
	`units` integer NOT NULL,
	PRIMARY KEY(`bucket`, `series`)
);
--> statement-breakpoint
CREATE TABLE `usage_minutes` (
	`bucket` integer NOT NULL,
	`series` integer NOT NULL,
	`count` integer NOT NULL,
	`units` integer NOT NULL,
	PRIMARY KEY(`bucket`, `series`)
);
--> statement-breakpoint
CREATE TABLE `usage_series` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`project_id` text NOT NULL,
	`key_id` text NOT NULL,
	`secret_id` text NOT NULL,
	`api` text NOT NULL,
	`operation` text NOT NULL,
	`environment` text NOT NULL,
	`code` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `usage_series_labels` ON `usage_series` (`key_id`,`secret_id`,`api`,`operation`,`environment`,`code`,`project_id`);--> statement-breakpoint
CREATE INDEX `usage_series_project` ON `usage_series` (`project_id`);