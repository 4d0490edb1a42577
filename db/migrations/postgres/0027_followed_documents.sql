CREATE TABLE "followed_documents" (
	"api_id" text PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"checked_at" bigint NOT NULL,
	"error" text,
	"failing_since" bigint,
	"pending" jsonb,
	"pending_digest" text,
	"pending_since" bigint,
	"pending_changes" jsonb,
	"declined_digest" text
);
--> statement-breakpoint
ALTER TABLE "followed_documents" ADD CONSTRAINT "followed_documents_api_id_apis_id_fk" FOREIGN KEY ("api_id") REFERENCES "public"."apis"("id") ON DELETE cascade ON UPDATE no action;