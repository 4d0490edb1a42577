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
CREATE INDEX `keys_external_id` ON `keys` (`external_id`,`project_id`) WHERE "keys"."external_id" is not null;--> statement-breakpoint
INSERT INTO `key_attributes` (`name`, `value`, `project_id`, `key_id`)
	SELECT 'metadata.' || e.key, CASE e.type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' WHEN 'null' THEN 'null' ELSE cast(e.value AS text) END AS filtered, k.project_id, k.id
	FROM `keys` k, json_each(k.metadata) e
	WHERE e.type IN ('text', 'integer', 'real', 'true', 'false', 'null') AND length(filtered) <= 200;
