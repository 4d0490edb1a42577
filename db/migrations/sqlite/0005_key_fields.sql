CREATE TABLE `key_attributes` (
	`name` text NOT NULL,
	`value` text NOT NULL,
	`project_id` text NOT NULL,
	`key_id` text NOT NULL,
	PRIMARY KEY(`name`, `value`, `project_id`, `key_id`),
	FOREIGN KEY (`key_id`) REFERENCES `keys`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `key_attributes_key` ON `key_attributes` (`key_id`);--> statement-breakpoint
ALTER TABLE `keys` ADD `description` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `keys` ADD `tags` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `keys` ADD `external_id` text;--> statement-breakpoint
CREATE INDEX `keys_external_id` ON `keys` (`external_id`,`project_id`) WHERE "keys"."external_id" is not null;