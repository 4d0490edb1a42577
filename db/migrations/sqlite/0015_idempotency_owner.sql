ALTER TABLE `idempotency` ADD `owner` text;--> statement-breakpoint
CREATE INDEX `idempotency_owner` ON `idempotency` (`owner`);