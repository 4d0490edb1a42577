CREATE TABLE "deprecation_notices" (
	"project_id" text NOT NULL,
	"api_id" text NOT NULL,
	"operation" text NOT NULL,
	"sunset" bigint NOT NULL,
	"days" bigint NOT NULL,
	CONSTRAINT "deprecation_notices_api_id_project_id_operation_sunset_days_pk" PRIMARY KEY("api_id","project_id","operation","sunset","days")
);
--> statement-breakpoint
ALTER TABLE "deprecation_notices" ADD CONSTRAINT "deprecation_notices_api_id_apis_id_fk" FOREIGN KEY ("api_id") REFERENCES "public"."apis"("id") ON DELETE cascade ON UPDATE no action;