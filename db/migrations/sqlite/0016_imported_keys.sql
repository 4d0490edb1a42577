CREATE TABLE `imported_secrets` (
	`secret_id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`shape_id` text,
	`fingerprint` text NOT NULL,
	`digest` text,
	`algorithm` text,
	`value` text,
	`imported_at` integer NOT NULL,
	FOREIGN KEY (`secret_id`) REFERENCES `secrets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shape_id`) REFERENCES `token_shapes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `imported_secrets_fingerprint_unique` ON `imported_secrets` (`fingerprint`);--> statement-breakpoint
CREATE INDEX `imported_secrets_project` ON `imported_secrets` (`project_id`);--> statement-breakpoint
CREATE INDEX `imported_secrets_digest` ON `imported_secrets` (`digest`) WHERE "imported_secrets"."digest" is not null;--> statement-breakpoint
CREATE INDEX `imported_secrets_pending` ON `imported_secrets` (`shape_id`) WHERE "imported_secrets"."digest" is not null;--> statement-breakpoint
CREATE TABLE `token_shapes` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`prefix` text NOT NULL,
	`min_length` integer NOT NULL,
	`max_length` integer NOT NULL,
	`pending` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `token_shapes_shape` ON `token_shapes` (`project_id`,`prefix`,`min_length`,`max_length`);