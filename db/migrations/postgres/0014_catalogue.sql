ALTER TABLE "apis" ADD COLUMN "base_paths" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "apis" ADD COLUMN "path_matching" text DEFAULT 'safe' NOT NULL;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "base_paths" jsonb;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "operation_id" text;--> statement-breakpoint
-- Servers with variables that nobody filled in: no address to show.
UPDATE "apis" SET "base_url" = NULL WHERE "base_url" LIKE '%{%' OR "base_url" LIKE '%}%';
