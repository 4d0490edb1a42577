ALTER TABLE "project_apis" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "tried_at" bigint;