CREATE TABLE `policies` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `refusals` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`key_id` text NOT NULL,
	`at` integer NOT NULL,
	`code` text NOT NULL,
	`trial` integer NOT NULL,
	`environment` text NOT NULL,
	`api` text NOT NULL,
	`operation` text NOT NULL,
	`observed` text NOT NULL,
	`client` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `refusals_project` ON `refusals` (`project_id`,`trial`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `refusals_key` ON `refusals` (`key_id`,`trial`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `refusals_at` ON `refusals` (`at`);--> statement-breakpoint
CREATE TABLE `sightings` (
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
CREATE INDEX `sightings_day` ON `sightings` (`day`);--> statement-breakpoint
CREATE TABLE `trial_counts` (
	`key_id` text NOT NULL,
	`since` integer NOT NULL,
	`bucket` integer NOT NULL,
	`code` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`key_id`, `since`, `bucket`, `code`)
);
--> statement-breakpoint
CREATE INDEX `trial_counts_bucket` ON `trial_counts` (`bucket`);--> statement-breakpoint
ALTER TABLE `keys` ADD `restricted_by` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `keys` ADD `trial` text;--> statement-breakpoint
ALTER TABLE `keys` ADD `trial_since` integer;--> statement-breakpoint
UPDATE `keys` SET `restricted_by` = 'apis' WHERE replace(`restrictions`, ' ', '') NOT LIKE '%"apis":[]%';
