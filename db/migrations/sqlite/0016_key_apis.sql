CREATE TABLE `key_apis` (
	`project_id` text NOT NULL,
	`api` text NOT NULL,
	`key_id` text NOT NULL,
	PRIMARY KEY(`project_id`, `api`, `key_id`),
	FOREIGN KEY (`key_id`) REFERENCES `keys`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `key_apis_key` ON `key_apis` (`key_id`);--> statement-breakpoint
INSERT INTO `key_apis` (`project_id`, `api`, `key_id`) SELECT `project_id`, '', `id` FROM `keys` WHERE coalesce(json_array_length(`restrictions`, '$.apis'), 0) = 0;--> statement-breakpoint
INSERT INTO `key_apis` (`project_id`, `api`, `key_id`) SELECT DISTINCT `keys`.`project_id`, json_extract(`entry`.`value`, '$.api'), `keys`.`id` FROM `keys`, json_each(`keys`.`restrictions`, '$.apis') AS `entry`;
