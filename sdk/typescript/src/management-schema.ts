// Generated from the portal's OpenAPI document: npm run generate -w @latchkey/sdk. Do not edit.

export interface paths {
    "/api/v1/admin/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List pending access requests, oldest first */
        get: operations["getAdminApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/billing-exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the billing exports with their lag and last errors (admin) */
        get: operations["getAdminBillingExports"];
        put?: never;
        /** Create a billing export: CloudEvents, Stripe meter events or Lago (admin) */
        post: operations["postAdminBillingExports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/billing-exports/{exportId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a billing export (admin) */
        get: operations["getAdminBillingExportsByExportId"];
        put?: never;
        post?: never;
        /** Delete a billing export (admin) */
        delete: operations["deleteAdminBillingExportsByExportId"];
        options?: never;
        head?: never;
        /** Change a billing export (admin); `enabled` pauses and continues it */
        patch: operations["patchAdminBillingExportsByExportId"];
        trace?: never;
    };
    "/api/v1/admin/billing-exports/{exportId}/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the projects and who is billed for them (admin) */
        get: operations["getAdminBillingExportsByExportIdCustomers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/billing-exports/{exportId}/customers/{projectId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set who is billed for a project, or with null that nobody is (admin) */
        put: operations["putAdminBillingExportsByExportIdCustomersByProjectId"];
        post?: never;
        /** Remove the customer of a project (admin) */
        delete: operations["deleteAdminBillingExportsByExportIdCustomersByProjectId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/billing-exports/{exportId}/held": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the events that are held, and why (admin) */
        get: operations["getAdminBillingExportsByExportIdHeld"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/billing-exports/{exportId}/held/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send all held events again (admin) */
        post: operations["postAdminBillingExportsByExportIdHeldResend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/billing-exports/{exportId}/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compare exported and acknowledged usage with the usage, per day or hour (admin) */
        get: operations["getAdminBillingExportsByExportIdReconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/billing-exports/{exportId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send usage from an hour on again, with the same ids (admin) */
        post: operations["postAdminBillingExportsByExportIdReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/billing-exports/{exportId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test event that bills nothing (admin); the result is in `lastTest` */
        post: operations["postAdminBillingExportsByExportIdTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/deleted-projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the deleted projects of the site, whose statements can still be read */
        get: operations["getAdminDeletedProjects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/exemptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the keys that are exempt from a policy, first ending first */
        get: operations["getAdminExemptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all keys of the site
         * @description `unusedForDays=N`: created at least N days ago and without a valid request in the last N days. `secretOlderThanDays=N` and `secretNewerThanDays=N` filter by the age of the current secret. `leaked=true`: active keys with a leaked secret that still works. A response has at most 1 MiB: if keys have large restrictions, a page has fewer than `limit` keys, and `nextCursor` leads to the others.
         */
        get: operations["getAdminKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/keys/{keyId}/exemption": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Exempt a key from the policy for unused keys, for at most a year */
        put: operations["putAdminKeysByKeyIdExemption"];
        post?: never;
        /** End a key's exemption */
        delete: operations["deleteAdminKeysByKeyIdExemption"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/keys/{keyId}/rule-exemption": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Exempt a key from the key rules, for at most a year */
        put: operations["putAdminKeysByKeyIdRuleExemption"];
        post?: never;
        /**
         * End a key's exemption from the key rules
         * @description If its maximum lifetime is over, it works for another week.
         */
        delete: operations["deleteAdminKeysByKeyIdRuleExemption"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/keys/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke up to 500 keys at once */
        post: operations["postAdminKeysRevoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/management-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the management tokens of all users and projects that are not revoked; `expires=never` for those without expiry */
        get: operations["getAdminManagementTokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the site's policies (everyone can read them) */
        get: operations["getAdminPolicies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the site's policies; existing keys stay as they are
         * @description A management token can make policies stricter, but not looser: that needs the portal.
         */
        patch: operations["patchAdminPolicies"];
        trace?: never;
    };
    "/api/v1/admin/policies/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Preview the policy for unused keys, or a draft of it */
        post: operations["postAdminPoliciesDryRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/policies/key-rules/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview what the key rules, or a draft of them, do to existing keys
         * @description Looks at 100,000 keys at most; `complete` says whether that was all of them.
         */
        post: operations["postAdminPoliciesKeyRulesDryRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/projects/{projectId}/apis/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Approve or decline a project's access to an API */
        put: operations["putAdminProjectsByProjectIdApisBySlug"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/projects/{projectId}/apis/{slug}/override": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Override terms of a project's plan (administrators)
         * @description Applies to later versions of the plan too, until it is removed or the project leaves the plan.
         */
        put: operations["putAdminProjectsByProjectIdApisBySlugOverride"];
        post?: never;
        /** Give a project the terms of its plan again (administrators) */
        delete: operations["deleteAdminProjectsByProjectIdApisBySlugOverride"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/projects/{projectId}/ceiling": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set a project's ceiling, which its owners can't exceed */
        put: operations["putAdminProjectsByProjectIdCeiling"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/projects/{projectId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resume a suspended project */
        post: operations["postAdminProjectsByProjectIdResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/projects/{projectId}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Suspend a project: its keys are denied with PROJECT_SUSPENDED within a second */
        post: operations["postAdminProjectsByProjectIdSuspend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/service-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List service tokens */
        get: operations["getAdminServiceTokens"];
        put?: never;
        /** Create a service token for one API or for all */
        post: operations["postAdminServiceTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/service-tokens/{serviceTokenId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a service token */
        delete: operations["deleteAdminServiceTokensByServiceTokenId"];
        options?: never;
        head?: never;
        /** Allow or forbid a service token local verification */
        patch: operations["patchAdminServiceTokensByServiceTokenId"];
        trace?: never;
    };
    "/api/v1/admin/service-tokens/{serviceTokenId}/older": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End the old secret of a rotated service token now */
        delete: operations["deleteAdminServiceTokensByServiceTokenIdOlder"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/service-tokens/{serviceTokenId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rotate a service token; its old secret works until the overlap ends. During an overlap: 409 with the code OVERLAP_RUNNING, unless `endOlder` is true */
        post: operations["postAdminServiceTokensByServiceTokenIdRotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List users */
        get: operations["getAdminUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{userId}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disable a user: their sessions and management tokens end immediately
         * @description No management token may do this (403): sign in to the portal.
         */
        post: operations["postAdminUsersByUserIdDisable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{userId}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enable a disabled user
         * @description No management token may do this (403): sign in to the portal.
         */
        post: operations["postAdminUsersByUserIdEnable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{userId}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change a user's site role
         * @description No management token may do this (403): sign in to the portal.
         */
        put: operations["putAdminUsersByUserIdRole"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/verifiers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the running verifiers and how far each is behind */
        get: operations["getAdminVerifiers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the webhooks of the site (administrators) */
        get: operations["getAdminWebhooks"];
        put?: never;
        /** Create a webhook for the events of all projects (administrators). The signing secret is only in this response */
        post: operations["postAdminWebhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/webhooks/{webhookId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a webhook of the site (administrators) */
        get: operations["getAdminWebhooksByWebhookId"];
        put?: never;
        post?: never;
        /** Delete a webhook of the site (administrators) */
        delete: operations["deleteAdminWebhooksByWebhookId"];
        options?: never;
        head?: never;
        /** Change a webhook of the site (administrators); `enabled` disables and enables it */
        patch: operations["patchAdminWebhooksByWebhookId"];
        trace?: never;
    };
    "/api/v1/admin/webhooks/{webhookId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the deliveries of a webhook of the site and their results (administrators) */
        get: operations["getAdminWebhooksByWebhookIdDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/webhooks/{webhookId}/deliveries/{deliveryId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Deliver an event to a webhook of the site again, with the same id (administrators) */
        post: operations["postAdminWebhooksByWebhookIdDeliveriesByDeliveryIdReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/webhooks/{webhookId}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rotate the signing secret of a webhook of the site (administrators); the previous one also signs for a day */
        post: operations["postAdminWebhooksByWebhookIdRotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/webhooks/{webhookId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event to a webhook of the site (administrators)
         * @description The event names the site's oldest project.
         */
        post: operations["postAdminWebhooksByWebhookIdTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/apis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List APIs
         * @description A response has at most 1 MiB: if APIs have many operations, a page has fewer than `limit` APIs, and `nextCursor` leads to the others.
         */
        get: operations["getApis"];
        put?: never;
        /** Add an API, by hand or from an OpenAPI document (administrators) */
        post: operations["postApis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/apis/{api}/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the plans of an API
         * @description All plans for administrators, otherwise those that anyone can choose and those of the caller's projects.
         */
        get: operations["getApisByApiPlans"];
        put?: never;
        /** Add a plan to an API (administrators) */
        post: operations["postApisByApiPlans"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/apis/{api}/plans/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a plan of an API */
        get: operations["getApisByApiPlansBySlug"];
        put?: never;
        post?: never;
        /** Delete a plan that no project was ever on (administrators); archive any other */
        delete: operations["deleteApisByApiPlansBySlug"];
        options?: never;
        head?: never;
        /**
         * Change a plan of an API (administrators)
         * @description Changed terms are a new version. All subscribers move to it now, or at the end of the calendar month (UTC) with `takesEffect: "period-end"`. It replaces a version that is planned: 409 with the code VERSION_PLANNED for a change that takes effect now, unless `replacePlanned` is true.
         */
        patch: operations["patchApisByApiPlansBySlug"];
        trace?: never;
    };
    "/api/v1/apis/{api}/plans/{slug}/subscribers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the projects on a plan (administrators) */
        get: operations["getApisByApiPlansBySlugSubscribers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/apis/{api}/plans/{slug}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the versions of a plan, newest first (administrators) */
        get: operations["getApisByApiPlansBySlugVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/apis/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an API and its operations
         * @description A response has at most 1 MiB. If not all operations fit, `operationsCursor` is not null: send it as a query parameter to get the next ones.
         */
        get: operations["getApisBySlug"];
        put?: never;
        post?: never;
        /** Delete an API (administrators) */
        delete: operations["deleteApisBySlug"];
        options?: never;
        head?: never;
        /** Change an API (administrators) */
        patch: operations["patchApisBySlug"];
        trace?: never;
    };
    "/api/v1/apis/{slug}/audience": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the projects that an API was opened to (administrators) */
        get: operations["getApisBySlugAudience"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/apis/{slug}/changelog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the changelog of an API */
        get: operations["getApisBySlugChangelog"];
        /** Replace the changelog of an API (administrators) */
        put: operations["putApisBySlugChangelog"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/apis/{slug}/guides": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the guides of an API */
        get: operations["getApisBySlugGuides"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/apis/{slug}/guides/{guide}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a guide of an API */
        get: operations["getApisBySlugGuidesByGuide"];
        /** Create or replace a guide of an API (administrators) */
        put: operations["putApisBySlugGuidesByGuide"];
        post?: never;
        /** Delete a guide of an API (administrators) */
        delete: operations["deleteApisBySlugGuidesByGuide"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the audit log of the site, newest first */
        get: operations["getAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the audit log of the site
         * @description All matching entries, oldest first, one per line, with position and hash. An interrupted response is incomplete.
         */
        get: operations["getAuditExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify a key that you hold; nothing is counted
         * @description For testing a new key by hand, at most 30 times a minute from one IP address. Services use `POST /api/v1/keys/verify` with a service token.
         */
        post: operations["postKeysTry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify a key
         * @description A denied request is answered with 200 too. Use a verifier instead of the portal: it is faster.
         */
        post: operations["postKeysVerify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/verify/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Verify up to 100 keys; the verdicts are in the same order */
        post: operations["postKeysVerifyBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leaks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report keys that a scanner found; their owners are notified
         * @description `token` may be a token or text that contains tokens, such as a line `KEY=…`; the first 100 tokens in it count.
         */
        post: operations["postLeaks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leaks/github": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive reports of GitHub's secret scanning, signed by GitHub over the raw body
         * @description Headers `Github-Public-Key-Identifier` and `Github-Public-Key-Signature`. The body is an array of such objects; the response labels each of them.
         */
        post: operations["postLeaksGithub"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the current user and their projects */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept an invitation to a project, with the token of its one-time link */
        post: operations["postMeInvitations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your notifications, newest first */
        get: operations["getMeNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/notices/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark a notification and all earlier ones as read */
        post: operations["postMeNoticesRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your management tokens */
        get: operations["getMeTokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/tokens/{managementTokenId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke one of your management tokens */
        delete: operations["deleteMeTokensByManagementTokenId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your projects; with `all`, all projects of the site (administrators) */
        get: operations["getProjects"];
        put?: never;
        /** Create a project that you own */
        post: operations["postProjects"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a project */
        get: operations["getProjectsByProjectId"];
        put?: never;
        post?: never;
        /** Delete a project (owner); a conflict while it has keys that are not revoked */
        delete: operations["deleteProjectsByProjectId"];
        options?: never;
        head?: never;
        /** Rename a project, or set the limits that its keys share (owner) */
        patch: operations["patchProjectsByProjectId"];
        trace?: never;
    };
    "/api/v1/projects/{projectId}/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the alerts of a project */
        get: operations["getProjectsByProjectIdAlerts"];
        put?: never;
        /** Create an alert (owner) */
        post: operations["postProjectsByProjectIdAlerts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/alerts/{alertId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete an alert (owner) */
        delete: operations["deleteProjectsByProjectIdAlertsByAlertId"];
        options?: never;
        head?: never;
        /** Change an alert (owner); `enabled` disables and enables it */
        patch: operations["patchProjectsByProjectIdAlertsByAlertId"];
        trace?: never;
    };
    "/api/v1/projects/{projectId}/apis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all APIs and their status in a project */
        get: operations["getProjectsByProjectIdApis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/apis/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Enable an API for a project on one of its plans (developer); pending if one of them needs approval
         * @description Only owners can choose a plan with a price.
         */
        put: operations["putProjectsByProjectIdApisBySlug"];
        post?: never;
        /** Disable an API for a project (developer); requests with the project's keys are denied within a second */
        delete: operations["deleteProjectsByProjectIdApisBySlug"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/apis/{slug}/subscription": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the plan of a project for an API */
        get: operations["getProjectsByProjectIdApisBySlugSubscription"];
        /**
         * Move a project to another plan of an API (owner), now or at the end of the month
         * @description A plan that needs an approval is in `request` until an administrator decides. The current plan cancels a change that was scheduled or requested. A change that takes effect now gets 409 with the code CHANGE_SCHEDULED if a change to another plan is scheduled, unless `replaceScheduled` is true.
         */
        put: operations["putProjectsByProjectIdApisBySlugSubscription"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/apis/{slug}/subscription/change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Cancel a scheduled or requested change of plan (owner) */
        delete: operations["deleteProjectsByProjectIdApisBySlugSubscriptionChange"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the audit log of a project, newest first (owner) */
        get: operations["getProjectsByProjectIdAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the audit log of a project (owner)
         * @description All matching entries, oldest first, one per line, with position and hash. An interrupted response is incomplete.
         */
        get: operations["getProjectsByProjectIdAuditExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the external IDs of a project's keys, each with its keys added up
         * @description Everything about one of them: `?externalId=` of the keys, the usage and the denied requests. To revoke all its keys, `POST …/keys/bulk` with `filter.externalId`.
         */
        get: operations["getProjectsByProjectIdCustomers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/denials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the latest denied requests and their total
         * @description Times are rounded to minutes within the last 2 days, to hours within the last 100, and otherwise to days in UTC: `from` and `to` of the response have the rounded times. With `trial`, what the current report-only restrictions would have denied, in whole hours.
         */
        get: operations["getProjectsByProjectIdDenials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Transfer ownership to another member and become a developer (owner)
         * @description No management token may do this (403): sign in to the portal.
         */
        post: operations["postProjectsByProjectIdHandOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the open invitations to a project (owner) */
        get: operations["getProjectsByProjectIdInvitations"];
        put?: never;
        /** Invite a person by email (owner); `link` is null if the invitation was mailed */
        post: operations["postProjectsByProjectIdInvitations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/invitations/{invitationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraw an invitation (owner) */
        delete: operations["deleteProjectsByProjectIdInvitationsByInvitationId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/key-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the rules for the keys of a project: the site's and its own */
        get: operations["getProjectsByProjectIdKeyRules"];
        /**
         * Set the project's own key rules, for keys that are created or changed from now on (owner)
         * @description The site's rules apply as well, so a project can only be stricter. A token can't loosen them.
         */
        put: operations["putProjectsByProjectIdKeyRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/key-rules/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Preview what the key rules, or a draft of the project's own, do to existing keys (owner) */
        post: operations["postProjectsByProjectIdKeyRulesDryRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the keys of a project
         * @description A response has at most 1 MiB: if keys have large restrictions, a page has fewer than `limit` keys, and `nextCursor` leads to the others.
         */
        get: operations["getProjectsByProjectIdKeys"];
        put?: never;
        /** Create a key (developer). The secret is only in this response */
        post: operations["postProjectsByProjectIdKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a key */
        get: operations["getProjectsByProjectIdKeysByKeyId"];
        put?: never;
        post?: never;
        /** Revoke a key (developer). It is denied within a second and can be restored for 30 days */
        delete: operations["deleteProjectsByProjectIdKeysByKeyId"];
        options?: never;
        head?: never;
        /** Change a key (developer); `enabled` disables and enables it. Only an administrator can enable a key that an administrator or a policy disabled, with a token that also has admin:write: 403 for others */
        patch: operations["patchProjectsByProjectIdKeysByKeyId"];
        trace?: never;
    };
    "/api/v1/projects/{projectId}/keys/{keyId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a key that waits for it (owner). It works from then on
         * @description A rule for keys can require that an owner of the project approves each live key that a developer creates. Until then, the key is disabled and has `approval.status` `pending`.
         */
        post: operations["postProjectsByProjectIdKeysByKeyIdApprove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/keys/{keyId}/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview a draft's impact on recent traffic
         * @description Exact for APIs and for operations that the API's entry lists: for a request without a listed operation, it is unknown whether a list of operations allows it. For IP addresses, websites and apps, the result is based on the values stored for each day. Whole days in UTC, including today.
         */
        post: operations["postProjectsByProjectIdKeysByKeyIdDryRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/keys/{keyId}/leaks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the places where secrets of a key were found */
        get: operations["getProjectsByProjectIdKeysByKeyIdLeaks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/keys/{keyId}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decline a key that waits for an approval (owner). It is revoked; restoring it asks again */
        post: operations["postProjectsByProjectIdKeysByKeyIdRefuse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/keys/{keyId}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore a revoked key (developer) within 30 days; the policy for leaked keys can leave it disabled. Only an administrator can restore a key that an administrator or a policy revoked, with a token that also has admin:write: 403 for others */
        post: operations["postProjectsByProjectIdKeysByKeyIdRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/keys/{keyId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rotate the secret of a key (developer); the previous secret works until the overlap ends. During an overlap: 409 with the code OVERLAP_RUNNING, unless `endOlder` is true */
        post: operations["postProjectsByProjectIdKeysByKeyIdRotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/keys/{keyId}/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** During an overlap, get the traffic of both secrets and the clients that still use the old one */
        get: operations["getProjectsByProjectIdKeysByKeyIdRotation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/keys/{keyId}/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the key rules that a key breaks, what happens because of it, and its exemption */
        get: operations["getProjectsByProjectIdKeysByKeyIdRules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/keys/{keyId}/secrets/{secretId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End an older secret's overlap now (developer) */
        delete: operations["deleteProjectsByProjectIdKeysByKeyIdSecretsBySecretId"];
        options?: never;
        head?: never;
        /** Change when an older secret's overlap ends (developer), at most 30 days after its rotation */
        patch: operations["patchProjectsByProjectIdKeysByKeyIdSecretsBySecretId"];
        trace?: never;
    };
    "/api/v1/projects/{projectId}/keys/{keyId}/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Simulate a request with a key's restrictions or a draft, with the outcome of each rule; nothing is counted
         * @description Limits are read as for a verification, but nothing is consumed; 503 if they can't be read.
         */
        post: operations["postProjectsByProjectIdKeysByKeyIdSimulate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/keys/{keyId}/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Suggest restrictions that allow all requests of the last 30 days
         * @description The suggestion never allows what the key's restrictions deny, and can be saved unchanged. Requests that they deny now are ignored and counted as `refusedAlready`.
         */
        get: operations["getProjectsByProjectIdKeysByKeyIdSuggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/keys/{keyId}/trial": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count what the report-only restrictions would have denied */
        get: operations["getProjectsByProjectIdKeysByKeyIdTrial"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/keys/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke, disable or tag the keys that a filter matches (developer), up to 200 in one request
         * @description All or none of them. `remaining` says how many are left: repeat the request, with a new `Idempotency-Key`, until it is 0.
         */
        post: operations["postProjectsByProjectIdKeysBulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/keys/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get how many imported keys have been used since, and how many not */
        get: operations["getProjectsByProjectIdKeysImport"];
        put?: never;
        /**
         * Import keys with the tokens they have already, or hashes of these (developer), up to 1,000 in one request
         * @description A row that fails doesn't fail the others, and a row whose token was imported before changes nothing: after an error, send the same rows again. No response contains a token or a hash.
         */
        post: operations["postProjectsByProjectIdKeysImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the use of a project's limits and how long its quotas will last; with `keyId`, a key's limits too */
        get: operations["getProjectsByProjectIdLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the members of a project (owner) */
        get: operations["getProjectsByProjectIdMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/members/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a member's role (owner) */
        put: operations["putProjectsByProjectIdMembersByUserId"];
        post?: never;
        /** Remove a member (owner), or leave the project */
        delete: operations["deleteProjectsByProjectIdMembersByUserId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the newest requests, allowed and denied
         * @description The newest 1,000 requests of the project and up to 100 of each key, for 30 days. A verifier lists at most 20 requests of a key in a second, 50 of a project and 250 in all; usage counts every one. Requests that a service verified in its own process are counted, but not listed.
         */
        get: operations["getProjectsByProjectIdRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/restrictions/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Explain each entry of a draft, or how to correct it; nothing is saved */
        post: operations["postProjectsByProjectIdRestrictionsExplain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/secret-age": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the maximum secret age of a project: the site's and its own */
        get: operations["getProjectsByProjectIdSecretAge"];
        /** Set the project's own maximum secret age (owner); with `cut`, overdue keys are disabled */
        put: operations["putProjectsByProjectIdSecretAge"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/statements/{month}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the statement of a month by API, plan and operation; as CSV with `Accept: text/csv`
         * @description Administrators can also read the statements of a deleted project.
         */
        get: operations["getProjectsByProjectIdStatementsByMonth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the plans of a project */
        get: operations["getProjectsByProjectIdSubscriptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the management tokens of a project that are not revoked (developer) */
        get: operations["getProjectsByProjectIdTokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/tokens/{managementTokenId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a management token of a project (owner) */
        delete: operations["deleteProjectsByProjectIdTokensByManagementTokenId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/tokens/{managementTokenId}/older": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End the old secret of a rotated management token of a project now (owner) */
        delete: operations["deleteProjectsByProjectIdTokensByManagementTokenIdOlder"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get usage over time; as CSV with `Accept: text/csv` */
        get: operations["getProjectsByProjectIdUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the webhooks of a project (owner) */
        get: operations["getProjectsByProjectIdWebhooks"];
        put?: never;
        /** Create a webhook (owner). The signing secret is only in this response */
        post: operations["postProjectsByProjectIdWebhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/webhooks/{webhookId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a webhook (owner) */
        get: operations["getProjectsByProjectIdWebhooksByWebhookId"];
        put?: never;
        post?: never;
        /** Delete a webhook (owner) */
        delete: operations["deleteProjectsByProjectIdWebhooksByWebhookId"];
        options?: never;
        head?: never;
        /** Change a webhook (owner); `enabled` disables and enables it */
        patch: operations["patchProjectsByProjectIdWebhooksByWebhookId"];
        trace?: never;
    };
    "/api/v1/projects/{projectId}/webhooks/{webhookId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the deliveries of a webhook and their results (owner) */
        get: operations["getProjectsByProjectIdWebhooksByWebhookIdDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/webhooks/{webhookId}/deliveries/{deliveryId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Deliver an event again, with the same id (owner) */
        post: operations["postProjectsByProjectIdWebhooksByWebhookIdDeliveriesByDeliveryIdReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/webhooks/{webhookId}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rotate the signing secret of a webhook (owner); the previous one also signs for a day */
        post: operations["postProjectsByProjectIdWebhooksByWebhookIdRotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{projectId}/webhooks/{webhookId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test event to a webhook (owner) */
        post: operations["postProjectsByProjectIdWebhooksByWebhookIdTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/revocations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the keys, projects and tokens whose access tokens must be denied
         * @description For services that verify access tokens by themselves. Without `after`, answers at once with all entries; with it, waits for the next ones.
         */
        get: operations["getRevocations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AdminKey: {
            /** @description Whether an owner approved the key. Null if no rule required that when it was created. A pending key can't be used. */
            approval: {
                /**
                 * Format: date-time
                 * @description When it was requested, or decided on.
                 */
                at: string;
                /** @enum {string} */
                status: "pending" | "approved" | "refused";
            } | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: {
                id: string;
                name: string;
            };
            description: string;
            /** @description Who disabled or revoked the key. If not a `member`, only an administrator can enable or restore it; a rotation also enables a key that was disabled for a `leak`. */
            endedBy: ("member" | "leak" | "policy" | "admin") | null;
            /** @enum {string} */
            environment: "live" | "test";
            expiresAt: string | null;
            externalId: string | null;
            hint: string;
            id: string;
            lastUsedAt: string | null;
            limits: {
                quota: {
                    limit: number;
                    /** @enum {string} */
                    period: "day" | "month";
                } | null;
                rate: {
                    limit: number;
                    windowSeconds: number;
                } | null;
            };
            metadata: {
                [key: string]: string | number | boolean | null;
            };
            name: string;
            projectId: string;
            projectName: string;
            restorableUntil: string | null;
            restrictions: components["schemas"]["Restrictions"];
            revokedAt: string | null;
            secrets: components["schemas"]["Secret"][];
            /** @enum {string} */
            status: "active" | "disabled" | "expired" | "revoked";
            tags: string[];
            trial: components["schemas"]["Restrictions"] | null;
            trialSince: string | null;
        };
        AdminManagementToken: {
            allowedIps: string[];
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            hint: string;
            id: string;
            lastUsedAt: string | null;
            lastUsedFrom: string | null;
            name: string;
            older: {
                hint: string;
                /** Format: date-time */
                lapsesAt: string;
                lastUsedAt: string | null;
            } | null;
            project: {
                id: string;
                name: string;
            } | null;
            revokedAt: string | null;
            scopes: ("projects:read" | "projects:write" | "members:read" | "members:write" | "keys:read" | "keys:write" | "usage:read" | "usage:write" | "audit:read" | "audit:write" | "catalogue:read" | "catalogue:write" | "admin:read" | "admin:write")[];
            user: {
                id: string;
                name: string;
            } | null;
        };
        Alert: {
            bell: boolean;
            /** Format: date-time */
            createdAt: string;
            enabled: boolean;
            id: string;
            lastFiredAt: string | null;
            mail: boolean;
            projectId: string;
            rule: {
                /** @constant */
                kind: "quota";
                /** @description Of any quota of the project, of one of its keys or of its plans. */
                percent: number;
            } | {
                /** @constant */
                kind: "denials";
                /** @description Fewer requests in the window never fire. */
                minRequests: number;
                /** @description Denied requests, in percent of all requests of the project in the window. */
                percent: number;
                windowMinutes: number;
            } | {
                /**
                 * @description A key is used from a network (IPv4 /24, IPv6 /48) that it was not used from in 30 days.
                 * @constant
                 */
                kind: "new-network";
            } | {
                /** @description A key is used that was not used for so many days. */
                days: number;
                /** @constant */
                kind: "dormant-key";
            };
            webhooks: boolean;
        };
        Api: {
            /** @enum {string} */
            access: "open" | "approval";
            allowKeyInUrl: boolean;
            /** @description From the servers of the document; requests below them match too. */
            basePaths: string[];
            baseUrl: string | null;
            /** Format: date-time */
            createdAt: string;
            description: string;
            name: string;
            operations: {
                method: string | null;
                name: string;
                /** @description The document's `operationId` if it could not be the name. */
                operationId: string | null;
                path: string | null;
                /** @description The scopes that a call needs: all of one of these lists. Null if it needs none. */
                requiredScopes: string[][] | null;
                summary: string | null;
            }[];
            /** @description Leads to the operations that don't fit into a response of 1 MiB; null if there are none. */
            operationsCursor: string | null;
            /**
             * @description safe: a path that a common router could map to another operation matches no operation.
             * @enum {string}
             */
            pathMatching: "safe" | "exact";
            /** @description The scopes that keys can be limited to, by name. */
            scopes: {
                description: string;
                fromDocument: boolean;
                name: string;
            }[];
            slug: string;
            /** Format: date-time */
            updatedAt: string;
            /**
             * @description Who may see the API and its reference: everyone, signed-in users, or members of the projects in `visibleTo` and of those that enabled it.
             * @enum {string}
             */
            visibility: "public" | "members" | "projects";
        };
        AppliedKeyRules: {
            project: components["schemas"]["KeyRules"] | null;
            site: components["schemas"]["KeyRules"];
        };
        AuditRecord: {
            action: string;
            actor: {
                id: string | null;
                name: string;
            };
            address: string | null;
            after: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            at: string;
            before: {
                [key: string]: unknown;
            } | null;
            id: string;
            projectId: string | null;
            subject: {
                id: string;
                name: string;
            };
            via: string;
        };
        BillingCustomer: {
            assigned: boolean;
            /** @description The customer's id at Stripe, the subscription's external id at Lago, or the CloudEvents subject; null if nobody is billed. */
            customer: string | null;
            projectId: string;
            projectName: string;
        };
        BillingExport: {
            /** @enum {string} */
            adapter: "cloudevents" | "stripe" | "lago";
            /** Format: date-time */
            createdAt: string;
            createdBy: {
                id: string;
                name: string;
            };
            enabled: boolean;
            eventName: string;
            /** Format: date-time */
            exportedUntil: string;
            hasSecret: boolean;
            /** @description Events that are not sent until someone acts. */
            heldEvents: number;
            id: string;
            /** @description How long usage of closed hours has waited to be sent, including usage before the export's former first hour and held usage that is sent again; 0 if nothing waits. Repeating acknowledged usage does not count. */
            lagSeconds: number;
            lastError: {
                failures: number;
                message: string;
                /** Format: date-time */
                time: string;
            } | null;
            lastSuccessAt: string | null;
            lastTest: ({
                /** @constant */
                state: "pending";
                /** Format: date-time */
                time: string;
            } | {
                /** @constant */
                state: "accepted";
                /** Format: date-time */
                time: string;
            } | {
                message: string;
                /** @constant */
                state: "failed";
                /** Format: date-time */
                time: string;
            }) | null;
            name: string;
            nextAttemptAt: string | null;
            pendingEvents: number;
            replaying: boolean;
            source: string;
            /** Format: date-time */
            startsAt: string;
            url: string;
        };
        BillingReconciliation: {
            /** Format: date-time */
            from: string;
            /** @enum {string} */
            interval: "hour" | "day";
            rows: {
                /** @description In events that the receiver acknowledged, whatever became of a replay. */
                acknowledged: {
                    requests: number;
                    units: number;
                };
                /** @description Whether the units acknowledged and the units not billed add up to the usage exactly. */
                balanced: boolean;
                /** @description In events, sent or not. */
                exported: {
                    requests: number;
                    units: number;
                };
                /** @description In events that are held, including acknowledged ones that a replay repeats. */
                held: {
                    requests: number;
                    units: number;
                };
                /** @description In events of projects for which nobody is billed. */
                notBilled: {
                    requests: number;
                    units: number;
                };
                /** Format: date-time */
                start: string;
                /** @description Allowed requests and their units, as the usage page counts them. */
                usage: {
                    requests: number;
                    units: number;
                };
            }[];
            /** Format: date-time */
            to: string;
            total: {
                /** @description In events that the receiver acknowledged, whatever became of a replay. */
                acknowledged: {
                    requests: number;
                    units: number;
                };
                /** @description Whether the units acknowledged and the units not billed add up to the usage exactly. */
                balanced: boolean;
                /** @description In events, sent or not. */
                exported: {
                    requests: number;
                    units: number;
                };
                /** @description In events that are held, including acknowledged ones that a replay repeats. */
                held: {
                    requests: number;
                    units: number;
                };
                /** @description In events of projects for which nobody is billed. */
                notBilled: {
                    requests: number;
                    units: number;
                };
                /** @description Allowed requests and their units, as the usage page counts them. */
                usage: {
                    requests: number;
                    units: number;
                };
            };
        };
        Changelog: {
            body: string;
            updatedAt: string | null;
        };
        Customer: {
            /** @description Those of them that can be used. */
            active: number;
            externalId: string;
            /** @description Its keys that are not revoked. */
            keys: number;
            /** @description The last use of any of its keys. */
            lastUsedAt: string | null;
        };
        DeletedProject: {
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            deletedAt: string;
            id: string;
            name: string;
        };
        Delivery: {
            attempts: {
                error: string | null;
                status: number | null;
                /** Format: date-time */
                time: string;
                tookMs: number;
            }[];
            event: {
                id: string;
                /** @enum {string} */
                kind: "key.created" | "key.expiring" | "key.disabled" | "key.enabled" | "key.revoked" | "key.restored" | "key.rotated" | "key.unused" | "key.rule-broken" | "key.exemption-ending" | "key.approval-requested" | "key.approved" | "key.refused" | "key.secret-old" | "key.leaked" | "keys.created" | "keys.revoked" | "keys.disabled" | "keys.unused" | "keys.rule-broken" | "keys.approval-requested" | "keys.restored" | "quota.nearing" | "quota.exhausted" | "member.added" | "member.changed-by-token" | "member.credentials-ended" | "access.requested" | "access.enabled" | "access.disabled" | "access.approved" | "access.declined" | "operations.deprecated" | "plan.changed" | "plan.approved" | "plan.declined" | "plan.updated" | "plan.trial-ending" | "project.created" | "project.suspended" | "project.resumed" | "project.deleted" | "alert.quota" | "alert.denials" | "alert.new-network" | "alert.dormant-key" | "webhook.test";
                /** Format: date-time */
                time: string;
                title: string;
            };
            id: string;
            nextAt: string | null;
            /** @enum {string} */
            state: "due" | "delivered" | "failed";
            /** Format: date-time */
            time: string;
        };
        Denial: {
            api: string;
            client: {
                androidCertSha1: string | null;
                androidPackage: string | null;
                clientIp: string | null;
                iosBundleId: string | null;
                origin: string | null;
                referrer: string | null;
            };
            /** @enum {string} */
            code: "KEY_MISSING" | "KEY_MALFORMED" | "KEY_NOT_FOUND" | "KEY_REVOKED" | "KEY_DISABLED" | "KEY_EXPIRED" | "KEY_ROTATED" | "PROJECT_SUSPENDED" | "API_NOT_ENABLED" | "API_NOT_ALLOWED" | "OPERATION_NOT_ALLOWED" | "SCOPE_NOT_GRANTED" | "CLIENT_IP_UNKNOWN" | "IP_NOT_ALLOWED" | "REFERRER_NOT_ALLOWED" | "APP_NOT_ALLOWED" | "RATE_LIMITED" | "QUOTA_EXCEEDED";
            /** @enum {string} */
            environment: "live" | "test";
            id: string;
            keyId: string;
            keyName: string;
            /** @description Why no entry is offered, although one could have allowed the request. */
            noRemedy: string | null;
            observed: {
                [key: string]: string;
            };
            operation: string | null;
            remedy: {
                label: string;
                query: string;
            } | null;
            /** Format: date-time */
            time: string;
            words: string;
        };
        DryRun: {
            /** @description Allowed requests. */
            checks: number;
            /** Format: date-time */
            from: string;
            /** @description Those of them that the key's enforced restrictions would have allowed. */
            newlyRefused: {
                atLeast: number;
                atMost: number;
            };
            recentRefusals: {
                looked: number;
                wouldPass: number;
            };
            /** @description A range, if several kinds of restrictions may deny the same request or a result is unknown. */
            refused: {
                atLeast: number;
                atMost: number;
            };
            rules: {
                /** @enum {string} */
                kind: "apis" | "ips" | "referrers" | "apps";
                /** @description Values that are not listed. */
                more: number;
                refused: number;
                unsure: number;
                values: {
                    count: number;
                    label: string;
                    lastSeenAt: string | null;
                    /** @enum {string} */
                    outcome: "refused" | "unsure";
                    value: string;
                }[];
            }[];
            /** Format: date-time */
            to: string;
        };
        EntryReading: {
            meaning: string;
            notices: {
                /** @enum {string} */
                code: "invisible-removed" | "ip-host-bits" | "ip-mapped" | "ip-private" | "referrer-query" | "referrer-path" | "referrer-home-only" | "app-forgeable";
                message: string;
            }[];
            /** @constant */
            ok: true;
            /** @description The canonical form on one line, as it is saved. */
            text: string;
        } | {
            /** @description The position in the entry, if only a part of it is wrong. */
            at?: string;
            /** @enum {string} */
            code: "ip-empty" | "ip-space" | "ip-port" | "ip-zone" | "ip-star" | "ip-range" | "ip-name" | "ip-short" | "ip-unreadable" | "prefix-everything" | "prefix-unreadable" | "prefix-too-long" | "prefix-mixed" | "referrer-empty" | "referrer-space" | "referrer-long" | "referrer-everything" | "referrer-backslash" | "referrer-user-info" | "referrer-scheme" | "referrer-file" | "referrer-host" | "referrer-star" | "referrer-star-address" | "referrer-public-suffix" | "referrer-port" | "referrer-path-star" | "referrer-dot-segments" | "app-package" | "app-sha1" | "app-bundle-id" | "api-unknown" | "operation-empty" | "operation-space" | "operation-star" | "operation-unknown" | "scope-empty" | "scope-name" | "scope-none" | "scope-unknown" | "scope-differs";
            /** @description What is wrong and how to write it. */
            message: string;
            /** @constant */
            ok: false;
            /** @description Similar valid entries. */
            suggestions: string[];
        };
        Exemption: {
            by: string;
            reason: string;
            /** Format: date-time */
            until: string;
        };
        ExplainedEntries: {
            kinds: {
                apis: components["schemas"]["EntryReading"][];
                apps: {
                    android: components["schemas"]["EntryReading"][];
                    ios: components["schemas"]["EntryReading"][];
                };
                ips: components["schemas"]["EntryReading"][];
                referrers: components["schemas"]["EntryReading"][];
            };
            total: number;
        };
        Guide: {
            body: string;
            slug: string;
            title: string;
            /** Format: date-time */
            updatedAt: string;
        };
        HeldBillingEvent: {
            api: string;
            detail: string | null;
            /** Format: date-time */
            heldSince: string;
            /** Format: date-time */
            hour: string;
            /** @description The id that the receiver sees. */
            id: string;
            keyId: string;
            operation: string;
            projectId: string;
            projectName: string;
            /** @enum {string} */
            reason: "no-customer" | "not-billed" | "rejected" | "too-old" | "uncertain" | "due";
            units: number;
        };
        ImportResult: {
            created: number;
            dryRun: boolean;
            failed: number;
            /** @description One for each row, in order. */
            results: {
                /** @description Why it failed. */
                code: ("INVALID" | "TOKEN_IN_USE" | "LOOKUP_TOO_COMMON" | "LIMIT_REACHED") | null;
                errors: {
                    message: string;
                    path: string;
                }[];
                /** @description Null for a row that failed, and in a dry run for a new key. */
                keyId: string | null;
                message: string | null;
                /** @description Its position in `keys`, from 0. */
                row: number;
                /** @enum {string} */
                status: "created" | "unchanged" | "failed";
            }[];
            /** @description Rows whose token was imported before: nothing changed. */
            unchanged: number;
        };
        ImportStatus: {
            /** @description Keys that were imported and are not revoked. */
            imported: number;
            /** @description Those of them whose imported token was used since. */
            seen: number;
            /** @description Those whose hash is not replaced by SHA-256 yet, because their token was not used. */
            waiting: number;
        };
        Invitation: {
            /** Format: date-time */
            createdAt: string;
            createdBy: {
                id: string;
                name: string;
            };
            email: string;
            /** Format: date-time */
            expiresAt: string;
            id: string;
            /** @enum {string} */
            role: "owner" | "developer" | "viewer";
        };
        Key: {
            /** @description Whether an owner approved the key. Null if no rule required that when it was created. A pending key can't be used. */
            approval: {
                /**
                 * Format: date-time
                 * @description When it was requested, or decided on.
                 */
                at: string;
                /** @enum {string} */
                status: "pending" | "approved" | "refused";
            } | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: {
                id: string;
                name: string;
            };
            description: string;
            /** @description Who disabled or revoked the key. If not a `member`, only an administrator can enable or restore it; a rotation also enables a key that was disabled for a `leak`. */
            endedBy: ("member" | "leak" | "policy" | "admin") | null;
            /** @enum {string} */
            environment: "live" | "test";
            expiresAt: string | null;
            externalId: string | null;
            hint: string;
            id: string;
            lastUsedAt: string | null;
            limits: {
                quota: {
                    limit: number;
                    /** @enum {string} */
                    period: "day" | "month";
                } | null;
                rate: {
                    limit: number;
                    windowSeconds: number;
                } | null;
            };
            metadata: {
                [key: string]: string | number | boolean | null;
            };
            name: string;
            projectId: string;
            restorableUntil: string | null;
            restrictions: components["schemas"]["Restrictions"];
            revokedAt: string | null;
            secrets: components["schemas"]["Secret"][];
            /** @enum {string} */
            status: "active" | "disabled" | "expired" | "revoked";
            tags: string[];
            trial: components["schemas"]["Restrictions"] | null;
            trialSince: string | null;
        };
        KeyRules: {
            /** @description A live key that a developer creates can't be used until an owner of its project approves it. */
            approvalRequired: boolean;
            /** @description Every key says what it is for. */
            descriptionRequired: boolean;
            /**
             * @description What happens, once a day, to keys that break a rule because they are older than it: nothing, their owners are notified, or they are also ended after `noticeDays`.
             * @enum {string}
             */
            existingKeys: "keep" | "notify" | "disable";
            expiryRequired: boolean;
            /** @description Every key says whose it is. */
            externalIdRequired: boolean;
            /** @description The maximum lifetime of a key from its creation, in days, by environment; null for no limit. */
            maxLifeDays: {
                live: number | null;
                test: number | null;
            };
            /** @description What names must match: `*` matches any characters, `?` exactly one. Null for any name. */
            namePattern: string | null;
            /** @description Days between the notification and the end of such a key. */
            noticeDays: number;
        };
        KeyRulesDryRun: {
            /** @description False if there are more keys than were looked at. */
            complete: boolean;
            /** @description They would be disabled or end, after their owners were notified. */
            end: {
                count: number;
                first: {
                    /** @description When it would end or be disabled; null for never. */
                    endsAt: string | null;
                    id: string;
                    name: string;
                    project: {
                        id: string;
                        name: string;
                    };
                    /** @description The rules that it breaks: `maxLife` (it exceeds the maximum lifetime), `expiry` (it has none), `name`, `description`, `externalId`. */
                    rules: ("maxLife" | "expiry" | "name" | "description" | "externalId")[];
                }[];
            };
            /** @description They stay as they are: `existingKeys` is `keep`. */
            keep: {
                count: number;
                first: {
                    /** @description When it would end or be disabled; null for never. */
                    endsAt: string | null;
                    id: string;
                    name: string;
                    project: {
                        id: string;
                        name: string;
                    };
                    /** @description The rules that it breaks: `maxLife` (it exceeds the maximum lifetime), `expiry` (it has none), `name`, `description`, `externalId`. */
                    rules: ("maxLife" | "expiry" | "name" | "description" | "externalId")[];
                }[];
            };
            /** @description Their owners would be notified, and nothing else happens. */
            notify: {
                count: number;
                first: {
                    /** @description When it would end or be disabled; null for never. */
                    endsAt: string | null;
                    id: string;
                    name: string;
                    project: {
                        id: string;
                        name: string;
                    };
                    /** @description The rules that it breaks: `maxLife` (it exceeds the maximum lifetime), `expiry` (it has none), `name`, `description`, `externalId`. */
                    rules: ("maxLife" | "expiry" | "name" | "description" | "externalId")[];
                }[];
            };
        };
        KeyRuleState: {
            /** @description The rules that it breaks: `maxLife` (it exceeds the maximum lifetime), `expiry` (it has none), `name`, `description`, `externalId`. */
            broken: ("maxLife" | "expiry" | "name" | "description" | "externalId")[];
            /** @description When the rules disable it, as its owners were notified; null for never. */
            endsAt: string | null;
            exemption: components["schemas"]["RuleExemption"] | null;
        };
        Leak: {
            alive: boolean;
            hint: string;
            id: string;
            /** @enum {string} */
            source: "github" | "scanner" | "public";
            /** Format: date-time */
            time: string;
            url: string;
            works: boolean;
        };
        LimitMeters: {
            quotas: {
                /** @description Expected units at the end of the period, at the rate of the last day or week. */
                forecast: number;
                /** @description When the quota will be used up at that rate; null if it lasts. */
                fullAt: string | null;
                limit: number;
                /** @enum {string} */
                period: "day" | "month";
                /** @description The limit's name and what it counts, for a limit of a plan. */
                policy: {
                    api: string;
                    name: string;
                    /** @description Null for all operations. */
                    operations: string | null;
                    plan: string;
                } | null;
                /** Format: date-time */
                resetAt: string;
                /** @enum {string} */
                scope: "key" | "project" | "ceiling" | "plan";
                used: number;
            }[];
            rates: {
                limit: number;
                /** @description The limit's name and what it counts, for a limit of a plan. */
                policy: {
                    api: string;
                    name: string;
                    /** @description Null for all operations. */
                    operations: string | null;
                    plan: string;
                } | null;
                /** @enum {string} */
                scope: "key" | "project" | "ceiling" | "plan";
                windowSeconds: number;
            }[];
            /** @description Requests denied by limits in the last 24 hours. */
            refused: {
                quota: number;
                rate: number;
            };
        };
        ManagementToken: {
            allowedIps: string[];
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            hint: string;
            id: string;
            lastUsedAt: string | null;
            lastUsedFrom: string | null;
            name: string;
            older: {
                hint: string;
                /** Format: date-time */
                lapsesAt: string;
                lastUsedAt: string | null;
            } | null;
            revokedAt: string | null;
            scopes: ("projects:read" | "projects:write" | "members:read" | "members:write" | "keys:read" | "keys:write" | "usage:read" | "usage:write" | "audit:read" | "audit:write" | "catalogue:read" | "catalogue:write" | "admin:read" | "admin:write")[];
        };
        Me: {
            projects: {
                id: string;
                name: string;
                /** @enum {string} */
                role: "owner" | "developer" | "viewer";
            }[];
            user: {
                email: string;
                id: string;
                name: string;
                /** @enum {string} */
                siteRole: "admin" | "developer";
            };
        };
        Member: {
            /** @enum {string} */
            role: "owner" | "developer" | "viewer";
            /** Format: date-time */
            since: string;
            user: {
                email: string;
                id: string;
                name: string;
            };
        };
        Notice: {
            by: string;
            data: {
                [key: string]: string | number | boolean | null;
            };
            id: string;
            /** @enum {string} */
            kind: "key.created" | "key.expiring" | "key.disabled" | "key.enabled" | "key.revoked" | "key.restored" | "key.rotated" | "key.unused" | "key.rule-broken" | "key.exemption-ending" | "key.approval-requested" | "key.approved" | "key.refused" | "key.secret-old" | "key.leaked" | "keys.created" | "keys.revoked" | "keys.disabled" | "keys.unused" | "keys.rule-broken" | "keys.approval-requested" | "keys.restored" | "quota.nearing" | "quota.exhausted" | "member.added" | "member.changed-by-token" | "member.credentials-ended" | "access.requested" | "access.enabled" | "access.disabled" | "access.approved" | "access.declined" | "operations.deprecated" | "plan.changed" | "plan.approved" | "plan.declined" | "plan.updated" | "plan.trial-ending" | "project.created" | "project.suspended" | "project.resumed" | "project.deleted" | "alert.quota" | "alert.denials" | "alert.new-network" | "alert.dormant-key" | "webhook.test";
            path: string;
            project: {
                id: string;
                name: string;
            };
            readAt: string | null;
            subject: {
                id: string;
                name: string;
            };
            text: string;
            /** Format: date-time */
            time: string;
            title: string;
        };
        PendingAccess: {
            api: {
                name: string;
                slug: string;
            };
            /** @description Whether the project has enabled the API already and asks for another plan. */
            enabled: boolean;
            /** @description The plan that was asked for; null if the API had none. */
            plan: {
                name: string;
                slug: string;
            } | null;
            project: {
                id: string;
                name: string;
            };
            /** @description Why the project needs it; null if it gave no reason. */
            reason: string | null;
            /** Format: date-time */
            requestedAt: string;
            requestedBy: {
                id: string;
                name: string;
            };
        };
        Plan: {
            api: string;
            /** @description Whether an administrator must approve each subscription. */
            approval: boolean;
            /** @description Since when no project can subscribe. */
            archivedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            description: string;
            /** @description Units per calendar month (UTC); null if all are included. */
            includedUnits: number | null;
            limits: {
                name: string;
                operations: string | null;
                quota: {
                    limit: number;
                    /** @enum {string} */
                    period: "day" | "month";
                } | null;
                rate: {
                    limit: number;
                    windowSeconds: number;
                } | null;
            }[];
            name: string;
            /** @description The version that takes effect at the end of the month; null if there is none. */
            next: {
                /** Format: date-time */
                appliesAt: string;
                terms: components["schemas"]["PlanTerms"];
                version: number;
            } | null;
            /**
             * @description Whether requests are denied once the included units are used up.
             * @enum {string}
             */
            overage: "block" | "allow";
            /** @description Information only: the portal takes no payments. */
            price: {
                currency: string;
                monthly: string;
                perThousand: string;
            } | null;
            slug: string;
            /** @description How long a project's first subscription to the plan is free of charge, days. */
            trialDays: number | null;
            unitsPerOperation: {
                [key: string]: number;
            };
            /** @description Patterns in the terms that match no operation of the API; none if it lists no operations. */
            unmatchedPatterns: string[];
            /** Format: date-time */
            updatedAt: string;
            /** @description The version in effect, whose terms these are. */
            version: number;
            /**
             * @description A private plan is given to projects by administrators.
             * @enum {string}
             */
            visibility: "public" | "private";
        };
        PlanOverrideTerms: {
            /** @description Units per calendar month (UTC); null if all are included. */
            includedUnits?: number | null;
            limits?: {
                name: string;
                operations: string | null;
                quota: {
                    limit: number;
                    /** @enum {string} */
                    period: "day" | "month";
                } | null;
                rate: {
                    limit: number;
                    windowSeconds: number;
                } | null;
            }[];
            /**
             * @description Whether requests are denied once the included units are used up.
             * @enum {string}
             */
            overage?: "block" | "allow";
            /** @description Information only: the portal takes no payments. */
            price?: {
                currency: string;
                monthly: string;
                perThousand: string;
            } | null;
            unitsPerOperation?: {
                [key: string]: number;
            };
        };
        PlanSubscriber: {
            endsAt: string | null;
            overridden: boolean;
            project: {
                id: string;
                name: string;
            };
            /** Format: date-time */
            startsAt: string;
            trialEndsAt: string | null;
        };
        PlanTerms: {
            /** @description Units per calendar month (UTC); null if all are included. */
            includedUnits: number | null;
            limits: {
                name: string;
                operations: string | null;
                quota: {
                    limit: number;
                    /** @enum {string} */
                    period: "day" | "month";
                } | null;
                rate: {
                    limit: number;
                    windowSeconds: number;
                } | null;
            }[];
            /**
             * @description Whether requests are denied once the included units are used up.
             * @enum {string}
             */
            overage: "block" | "allow";
            /** @description Information only: the portal takes no payments. */
            price: {
                currency: string;
                monthly: string;
                perThousand: string;
            } | null;
            /** @description How long a project's first subscription to the plan is free of charge, days. */
            trialDays: number | null;
            unitsPerOperation: {
                [key: string]: number;
            };
        };
        PlanVersion: {
            /** @description From when it is in effect, for all subscribers; null if it was replaced before that. */
            appliesAt: string | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: {
                id: string;
                name: string;
            };
            terms: components["schemas"]["PlanTerms"];
            version: number;
        };
        Policies: {
            keyRules: components["schemas"]["KeyRules"];
            leakedKeys: {
                /** @enum {string} */
                live: "tell" | "disable";
                /** @enum {string} */
                test: "tell" | "disable";
            };
            liveKeysNeedApplicationRestriction: boolean;
            managementTokens: {
                maxDays: number | null;
            };
            /** @enum {string} */
            secondFactor: "optional" | "admins" | "everyone";
            secretAge: {
                cut: boolean;
                maxDays: number;
            } | null;
            unusedKeys: {
                disableDays: number | null;
                revokeDays: number | null;
                warnDays: number | null;
            };
        };
        Problem: {
            /** @enum {string} */
            code?: "LIMIT_REACHED" | "OVERLAP_RUNNING" | "VERSION_PLANNED" | "CHANGE_SCHEDULED" | "IP_NOT_ALLOWED";
            detail: string;
            errors?: {
                message: string;
                path: string;
            }[];
            requestId: string;
            status: number;
            title: string;
            type: string;
        };
        Project: {
            /** @description Set by an administrator; applies in addition to `limits`. */
            ceiling: {
                quota: {
                    limit: number;
                    /** @enum {string} */
                    period: "day" | "month";
                } | null;
                rate: {
                    limit: number;
                    windowSeconds: number;
                } | null;
            };
            /** Format: date-time */
            createdAt: string;
            id: string;
            limits: {
                quota: {
                    limit: number;
                    /** @enum {string} */
                    period: "day" | "month";
                } | null;
                rate: {
                    limit: number;
                    windowSeconds: number;
                } | null;
            };
            name: string;
            /** @enum {string} */
            role: "owner" | "developer" | "viewer";
            suspendedAt: string | null;
        };
        ProjectApi: {
            /** @enum {string} */
            access: "open" | "approval";
            baseUrl: string | null;
            decidedAt: string | null;
            description: string;
            /** @description Whether the API has plans that projects can choose. */
            hasPlans: boolean;
            message: string | null;
            name: string;
            /** @description Why the project asked for access. */
            reason: string | null;
            requestedAt: string | null;
            slug: string;
            status: ("enabled" | "pending" | "declined") | null;
        };
        ProjectDetail: {
            /** @description Set by an administrator; applies in addition to `limits`. */
            ceiling: {
                quota: {
                    limit: number;
                    /** @enum {string} */
                    period: "day" | "month";
                } | null;
                rate: {
                    limit: number;
                    windowSeconds: number;
                } | null;
            };
            /** Format: date-time */
            createdAt: string;
            id: string;
            limits: {
                quota: {
                    limit: number;
                    /** @enum {string} */
                    period: "day" | "month";
                } | null;
                rate: {
                    limit: number;
                    windowSeconds: number;
                } | null;
            };
            liveKeys: number;
            members: number;
            name: string;
            owners: {
                id: string;
                name: string;
            }[];
            /** @enum {string} */
            role: "owner" | "developer" | "viewer";
            suspendedAt: string | null;
        };
        ProjectSummary: {
            /** @description Set by an administrator; applies in addition to `limits`. */
            ceiling: {
                quota: {
                    limit: number;
                    /** @enum {string} */
                    period: "day" | "month";
                } | null;
                rate: {
                    limit: number;
                    windowSeconds: number;
                } | null;
            };
            /** Format: date-time */
            createdAt: string;
            id: string;
            limits: {
                quota: {
                    limit: number;
                    /** @enum {string} */
                    period: "day" | "month";
                } | null;
                rate: {
                    limit: number;
                    windowSeconds: number;
                } | null;
            };
            liveKeys: number;
            name: string;
            /** @enum {string} */
            role: "owner" | "developer" | "viewer";
            suspendedAt: string | null;
        };
        ProjectToken: {
            allowedIps: string[];
            /** Format: date-time */
            createdAt: string;
            createdBy: {
                id: string;
                name: string;
            };
            expiresAt: string | null;
            hint: string;
            id: string;
            lastUsedAt: string | null;
            lastUsedFrom: string | null;
            name: string;
            older: {
                hint: string;
                /** Format: date-time */
                lapsesAt: string;
                lastUsedAt: string | null;
            } | null;
            revokedAt: string | null;
            /** @enum {string} */
            role: "viewer" | "developer";
            scopes: ("projects:read" | "projects:write" | "members:read" | "members:write" | "keys:read" | "keys:write" | "usage:read" | "usage:write" | "audit:read" | "audit:write" | "catalogue:read" | "catalogue:write" | "admin:read" | "admin:write")[];
        };
        Request: {
            api: string;
            client: {
                androidCertSha1: string | null;
                androidPackage: string | null;
                clientIp: string | null;
                iosBundleId: string | null;
                origin: string | null;
                referrer: string | null;
            };
            /** @enum {string} */
            code: "KEY_MISSING" | "KEY_MALFORMED" | "KEY_NOT_FOUND" | "KEY_REVOKED" | "KEY_DISABLED" | "KEY_EXPIRED" | "KEY_ROTATED" | "PROJECT_SUSPENDED" | "API_NOT_ENABLED" | "API_NOT_ALLOWED" | "OPERATION_NOT_ALLOWED" | "SCOPE_NOT_GRANTED" | "CLIENT_IP_UNKNOWN" | "IP_NOT_ALLOWED" | "REFERRER_NOT_ALLOWED" | "APP_NOT_ALLOWED" | "RATE_LIMITED" | "QUOTA_EXCEEDED" | "VALID";
            /** @enum {string} */
            environment: "live" | "test";
            id: string;
            keyId: string;
            keyName: string;
            observed: {
                [key: string]: string;
            };
            operation: string | null;
            /** @description As in the verdict's response. In a batch, with a dot and the position of the check. */
            requestId: string;
            secretId: string;
            /** Format: date-time */
            time: string;
            words: string | null;
        };
        Restrictions: {
            apis: {
                api: string;
                /** @description Empty for all of them. */
                operations: string[];
                /** @description The scopes that the key has for the API. Absent for all of them. */
                scopes?: string[];
            }[];
            apps: {
                android: {
                    package: string;
                    sha1: string;
                }[];
                ios: {
                    bundleId: string;
                }[];
            };
            ips: string[];
            referrers: string[];
        };
        RestrictionSuggestion: {
            /** @description Allowed requests. */
            checks: number;
            /** @description Those of them that would be denied now, by the key's restrictions or because an API is no longer enabled. */
            refusedAlready: {
                atLeast: number;
                atMost: number;
            };
            /** Format: date-time */
            since: string;
            suggestion: {
                evidence: {
                    count: number;
                    entry: string;
                    /** @enum {string} */
                    kind: "apis" | "ips" | "referrers" | "apps";
                    lastSeenAt: string | null;
                }[];
                restrictions: components["schemas"]["Restrictions"];
                sentence: string;
                /** @description The maximum number of the other requests that would be denied; 0 unless rare traffic is ignored. */
                wouldRefuse: number;
            } | null;
            why: string | null;
        };
        Revocations: {
            /**
             * Format: date-time
             * @description Everything that was revoked before this time is listed.
             */
            asOf: string;
            /** @description Whether these are all entries. Otherwise they follow the ones before `after`. */
            complete: boolean;
            /** @description Send it as `after` with the next request. */
            cursor: string;
            entries: {
                /** @description Deny only tokens with an `iat` before this time; null for all. A later entry replaces an earlier one. */
                issuedBefore: string | null;
                /** @description Deny this token. */
                jti?: string;
                /** @description Deny tokens whose `sub` is this key. */
                keyId?: string;
                /** @description Deny tokens whose `latchkey.project` is this project. */
                projectId?: string;
                /** @description With `keyId`: deny only tokens of that key whose `latchkey.secret` is this secret. */
                secretId?: string;
                /**
                 * Format: date-time
                 * @description The entry can be forgotten then: every token that it denies has expired.
                 */
                until: string;
            }[];
            /** @description How old `asOf` was when this was answered, ms. */
            lagMs: number;
            /** @description Whether more entries can be read at once. */
            more: boolean;
        };
        Rotation: {
            rotation: {
                current: {
                    hint: string;
                    id: string;
                    lastHour: number;
                    lastUsedAt: string | null;
                    minutes: number[];
                    total: number;
                };
                /** Format: date-time */
                longestUntil: string;
                older: {
                    hint: string;
                    id: string;
                    /** Format: date-time */
                    lapsesAt: string;
                    lastHour: number;
                    lastUsedAt: string | null;
                    minutes: number[];
                    total: number;
                };
                operations: {
                    api: string;
                    count: number;
                    /** Format: date-time */
                    lastSeenAt: string;
                    operation: string;
                }[];
                /** Format: date-time */
                rotatedAt: string;
                senders: {
                    count: number;
                    /** @enum {string} */
                    kind: "address" | "origin" | "app";
                    /** Format: date-time */
                    lastSeenAt: string;
                    value: string;
                    values: number;
                }[];
            } | null;
        };
        RuleExemption: {
            by: string;
            reason: string;
            /** Format: date-time */
            until: string;
        };
        RuleOutcome: {
            code: ("KEY_MISSING" | "KEY_MALFORMED" | "KEY_NOT_FOUND" | "KEY_REVOKED" | "KEY_DISABLED" | "KEY_EXPIRED" | "KEY_ROTATED" | "PROJECT_SUSPENDED" | "API_NOT_ENABLED" | "API_NOT_ALLOWED" | "OPERATION_NOT_ALLOWED" | "SCOPE_NOT_GRANTED" | "CLIENT_IP_UNKNOWN" | "IP_NOT_ALLOWED" | "REFERRER_NOT_ALLOWED" | "APP_NOT_ALLOWED" | "RATE_LIMITED" | "QUOTA_EXCEEDED") | null;
            /** @enum {string} */
            kind: "apis" | "ips" | "referrers" | "apps";
            /** @description The entry that allowed the request. */
            matched: string | null;
            observed: {
                [key: string]: string;
            };
            /** @enum {string} */
            outcome: "unrestricted" | "allowed" | "refused";
            words: string;
        };
        Secret: {
            /** Format: date-time */
            createdAt: string;
            hint: string;
            id: string;
            lapsesAt: string | null;
            lastUsedAt: string | null;
        };
        SecretAges: {
            project: {
                cut: boolean;
                maxDays: number;
            } | null;
            site: {
                cut: boolean;
                maxDays: number;
            } | null;
        };
        ServiceToken: {
            api: string | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: {
                id: string;
                name: string;
            };
            expiresAt: string | null;
            hint: string;
            id: string;
            lastUsedAt: string | null;
            localVerification: boolean;
            name: string;
            older: {
                hint: string;
                /** Format: date-time */
                lapsesAt: string;
                lastUsedAt: string | null;
            } | null;
            revokedAt: string | null;
            trustedProxies: string[];
        };
        Simulated: {
            api: string;
            /** @constant */
            code: "VALID";
            description: string;
            /** @enum {string} */
            environment: "live" | "test";
            expiresAt: string | null;
            /** @description The ID of the customer, tenant or app in your own system. */
            externalId: string | null;
            keyId: string;
            metadata: {
                [key: string]: unknown;
            };
            name: string;
            operation: string | null;
            projectId: string;
            quota: {
                limit: number;
                /** @enum {string} */
                period: "day" | "month";
                /** @description The plan and the name of its limit, if the limit belongs to a plan. */
                policy?: {
                    name: string;
                    plan: string;
                };
                remaining: number;
                /** Format: date-time */
                resetAt: string;
            } | null;
            rateLimit: {
                limit: number;
                /** @description The plan and the name of its limit, if the limit belongs to a plan. */
                policy?: {
                    name: string;
                    plan: string;
                };
                remaining: number;
                resetMs: number;
                windowSeconds: number;
            } | null;
            requestId: string;
            rotation: {
                /** Format: date-time */
                lapsesAt: string;
            } | null;
            rules: components["schemas"]["RuleOutcome"][];
            /** @description The scopes that the key has for the API: all that the API declares unless it is limited to some. */
            readonly scopes: string[];
            secretId: string;
            tags: string[];
            /** @constant */
            valid: true;
        } | {
            /** @enum {string} */
            code: "KEY_MISSING" | "KEY_MALFORMED" | "KEY_NOT_FOUND" | "KEY_REVOKED" | "KEY_DISABLED" | "KEY_EXPIRED" | "KEY_ROTATED" | "PROJECT_SUSPENDED" | "API_NOT_ENABLED" | "API_NOT_ALLOWED" | "OPERATION_NOT_ALLOWED" | "SCOPE_NOT_GRANTED" | "CLIENT_IP_UNKNOWN" | "IP_NOT_ALLOWED" | "REFERRER_NOT_ALLOWED" | "APP_NOT_ALLOWED" | "RATE_LIMITED" | "QUOTA_EXCEEDED";
            /** @enum {string} */
            environment?: "live" | "test";
            keyId?: string;
            /** @description One sentence that says what to do. */
            message: string;
            name?: string;
            /** @description The values that the rule checked. */
            observed: {
                [key: string]: string;
            };
            projectId?: string;
            quota?: {
                limit: number;
                /** @enum {string} */
                period: "day" | "month";
                /** @description The plan and the name of its limit, if the limit belongs to a plan. */
                policy?: {
                    name: string;
                    plan: string;
                };
                remaining: number;
                /** Format: date-time */
                resetAt: string;
            } | null;
            /** @description For a limit: its current state. */
            rateLimit?: {
                limit: number;
                /** @description The plan and the name of its limit, if the limit belongs to a plan. */
                policy?: {
                    name: string;
                    plan: string;
                };
                remaining: number;
                resetMs: number;
                windowSeconds: number;
            } | null;
            requestId: string;
            /** @description For a limit: the time until the same request would be allowed. */
            retryAfterMs?: number;
            rules: components["schemas"]["RuleOutcome"][];
            /** @constant */
            valid: false;
        };
        Statement: {
            /** Format: date-time */
            closesAt: string;
            lines: components["schemas"]["StatementLine"][];
            month: string;
            projectId: string;
            projectName: string;
            /**
             * @description A month is closed 48 hours after its end. Then its statement never changes.
             * @enum {string}
             */
            status: "provisional" | "closed";
            total: {
                amounts: {
                    amount: string;
                    currency: string;
                }[];
                requests: number;
                units: number;
            };
        };
        StatementLine: {
            /** @description Decimal, rounded half up to the currency's minor unit; null without a price. */
            amount: string | null;
            api: string;
            currency: string | null;
            /** @description Units that the plan includes; all without a plan. */
            included: number;
            /**
             * @description Usage of an operation; the monthly price of a plan; or usage of an earlier month that was counted after its statement was closed.
             * @enum {string}
             */
            kind: "usage" | "fee" | "late";
            /** @description With `late`: the earlier month. */
            month: string | null;
            /** @description Empty for requests without a known operation; null for a fee. */
            operation: string | null;
            /** @description Units beyond the included ones. */
            over: number;
            /** @description Null without a plan. */
            plan: {
                name: string;
                slug: string;
                version: number;
            } | null;
            /** @description Per 1,000 units over, or per month for a fee. */
            price: string | null;
            /** @description Allowed requests. */
            requests: number;
            /** @description Whether it is free, because the plan is in its trial. */
            trial: boolean;
            units: number;
        };
        Subscription: {
            api: {
                name: string;
                slug: string;
            };
            /** @description The plan from the end of the month on; null if it stays. */
            next: {
                plan: {
                    name: string;
                    slug: string;
                };
                /** Format: date-time */
                startsAt: string;
            } | null;
            override: {
                /** @description When the terms of the plan apply again; null if no end is set. */
                endsAt: string | null;
                reason: string;
                /** @description The terms that differ from those of the plan. */
                terms: components["schemas"]["PlanOverrideTerms"];
                /** @description Patterns in the terms that match no operation of the API; none if it lists no operations. */
                unmatchedPatterns: string[];
                /** Format: date-time */
                updatedAt: string;
            } | null;
            /** @description Null without a plan: then only the project's limits apply. */
            plan: {
                name: string;
                slug: string;
            } | null;
            projectId: string;
            /** @description A plan that needs an administrator's approval. */
            request: {
                /** @description From the administrator who declined. */
                message: string | null;
                plan: {
                    name: string;
                    slug: string;
                };
                /** Format: date-time */
                requestedAt: string;
                /** @enum {string} */
                status: "pending" | "declined";
                /** @enum {string} */
                takesEffect: "now" | "period-end";
            } | null;
            startsAt: string | null;
            /** @description Those of the version, with the override. */
            terms: components["schemas"]["PlanTerms"] | null;
            trialEndsAt: string | null;
            version: number | null;
        };
        TrialResult: {
            /** @description The start of the counts: `since`, but at most 100 days ago. */
            countedFrom: string | null;
            /** @constant */
            interval: "hour";
            judged: number;
            series: {
                /** @enum {string} */
                group: "KEY_MISSING" | "KEY_MALFORMED" | "KEY_NOT_FOUND" | "KEY_REVOKED" | "KEY_DISABLED" | "KEY_EXPIRED" | "KEY_ROTATED" | "PROJECT_SUSPENDED" | "API_NOT_ENABLED" | "API_NOT_ALLOWED" | "OPERATION_NOT_ALLOWED" | "SCOPE_NOT_GRANTED" | "CLIENT_IP_UNKNOWN" | "IP_NOT_ALLOWED" | "REFERRER_NOT_ALLOWED" | "APP_NOT_ALLOWED" | "RATE_LIMITED" | "QUOTA_EXCEEDED" | "VALID";
                label: string;
                points: [
                    number,
                    number
                ][];
                total: number;
            }[];
            since: string | null;
            wouldRefuse: number;
        };
        Tried: {
            api: string;
            /** @constant */
            code: "VALID";
            /** @enum {string} */
            environment: "live" | "test";
            expiresAt: string | null;
            operation: string | null;
            requestId: string;
            rotation: {
                /** Format: date-time */
                lapsesAt: string;
            } | null;
            /** @description The scopes that the key has for the API: all that the API declares unless it is limited to some. */
            readonly scopes: string[];
            /** @constant */
            valid: true;
        } | {
            /** @enum {string} */
            code: "KEY_MISSING" | "KEY_MALFORMED" | "KEY_NOT_FOUND" | "KEY_REVOKED" | "KEY_DISABLED" | "KEY_EXPIRED" | "KEY_ROTATED" | "PROJECT_SUSPENDED" | "API_NOT_ENABLED" | "API_NOT_ALLOWED" | "OPERATION_NOT_ALLOWED" | "SCOPE_NOT_GRANTED" | "CLIENT_IP_UNKNOWN" | "IP_NOT_ALLOWED" | "REFERRER_NOT_ALLOWED" | "APP_NOT_ALLOWED" | "RATE_LIMITED" | "QUOTA_EXCEEDED";
            /** @description One sentence that says what to do. */
            message: string;
            /** @description The values that the rule checked. */
            observed: {
                [key: string]: string;
            };
            requestId: string;
            /** @description For a limit: the time until the same request would be allowed. */
            retryAfterMs?: number;
            /** @constant */
            valid: false;
        };
        UnusedDryRun: {
            disable: {
                count: number;
                first: {
                    id: string;
                    /** Format: date-time */
                    idleSince: string;
                    name: string;
                    project: {
                        id: string;
                        name: string;
                    };
                }[];
            };
            revoke: {
                count: number;
                first: {
                    id: string;
                    /** Format: date-time */
                    idleSince: string;
                    name: string;
                    project: {
                        id: string;
                        name: string;
                    };
                }[];
            };
            /** @description Of `warn`: unused for long enough to be disabled or revoked too, which happens at the earliest a week after the warning. */
            waiting: {
                count: number;
                first: {
                    id: string;
                    /** Format: date-time */
                    idleSince: string;
                    name: string;
                    project: {
                        id: string;
                        name: string;
                    };
                }[];
            };
            warn: {
                count: number;
                first: {
                    id: string;
                    /** Format: date-time */
                    idleSince: string;
                    name: string;
                    project: {
                        id: string;
                        name: string;
                    };
                }[];
            };
        };
        Usage: {
            /** Format: date-time */
            from: string;
            /** @description The number of all groups. */
            groups: number;
            /** @enum {string} */
            interval: "minute" | "hour" | "day";
            /** @description The cursor of the next page; null on the last. */
            nextCursor: string | null;
            /** @description With `compare`: the same number of buckets before `from`; null if they are no longer stored. */
            previous?: {
                /** Format: date-time */
                from: string;
                points: [
                    number,
                    number
                ][];
                /** Format: date-time */
                to: string;
                total: number;
            } | null;
            /** @description A page of the groups, largest first, then all others added up as `(others)` if there are any. */
            series: {
                group: string;
                label: string;
                points: [
                    number,
                    number
                ][];
                /** @description With `compare`: its requests in the previous period. */
                previousTotal?: number;
                total: number;
            }[];
            /** Format: date-time */
            to: string;
            /** @description The requests of all groups. */
            total: number;
        };
        User: {
            /** Format: date-time */
            createdAt: string;
            disabledAt: string | null;
            email: string;
            id: string;
            name: string;
            projects: number;
            /** @enum {string} */
            siteRole: "admin" | "developer";
        };
        Verdict: {
            api: string;
            /** @constant */
            code: "VALID";
            description: string;
            /** @enum {string} */
            environment: "live" | "test";
            expiresAt: string | null;
            /** @description The ID of the customer, tenant or app in your own system. */
            externalId: string | null;
            keyId: string;
            metadata: {
                [key: string]: unknown;
            };
            name: string;
            operation: string | null;
            projectId: string;
            quota: {
                limit: number;
                /** @enum {string} */
                period: "day" | "month";
                /** @description The plan and the name of its limit, if the limit belongs to a plan. */
                policy?: {
                    name: string;
                    plan: string;
                };
                remaining: number;
                /** Format: date-time */
                resetAt: string;
            } | null;
            rateLimit: {
                limit: number;
                /** @description The plan and the name of its limit, if the limit belongs to a plan. */
                policy?: {
                    name: string;
                    plan: string;
                };
                remaining: number;
                resetMs: number;
                windowSeconds: number;
            } | null;
            requestId: string;
            rotation: {
                /** Format: date-time */
                lapsesAt: string;
            } | null;
            /** @description The scopes that the key has for the API: all that the API declares unless it is limited to some. */
            readonly scopes: string[];
            secretId: string;
            tags: string[];
            /** @constant */
            valid: true;
        } | {
            /** @enum {string} */
            code: "KEY_MISSING" | "KEY_MALFORMED" | "KEY_NOT_FOUND" | "KEY_REVOKED" | "KEY_DISABLED" | "KEY_EXPIRED" | "KEY_ROTATED" | "PROJECT_SUSPENDED" | "API_NOT_ENABLED" | "API_NOT_ALLOWED" | "OPERATION_NOT_ALLOWED" | "SCOPE_NOT_GRANTED" | "CLIENT_IP_UNKNOWN" | "IP_NOT_ALLOWED" | "REFERRER_NOT_ALLOWED" | "APP_NOT_ALLOWED" | "RATE_LIMITED" | "QUOTA_EXCEEDED";
            /** @enum {string} */
            environment?: "live" | "test";
            keyId?: string;
            /** @description One sentence that says what to do. */
            message: string;
            name?: string;
            /** @description The values that the rule checked. */
            observed: {
                [key: string]: string;
            };
            projectId?: string;
            quota?: {
                limit: number;
                /** @enum {string} */
                period: "day" | "month";
                /** @description The plan and the name of its limit, if the limit belongs to a plan. */
                policy?: {
                    name: string;
                    plan: string;
                };
                remaining: number;
                /** Format: date-time */
                resetAt: string;
            } | null;
            /** @description For a limit: its current state. */
            rateLimit?: {
                limit: number;
                /** @description The plan and the name of its limit, if the limit belongs to a plan. */
                policy?: {
                    name: string;
                    plan: string;
                };
                remaining: number;
                resetMs: number;
                windowSeconds: number;
            } | null;
            requestId: string;
            /** @description For a limit: the time until the same request would be allowed. */
            retryAfterMs?: number;
            /** @constant */
            valid: false;
        };
        Verifier: {
            address: string;
            behind: number;
            behindMs: number;
            id: string;
            /** @enum {string} */
            kind: "verifier" | "local";
            /** Format: date-time */
            lastSeenAt: string;
            serviceToken: {
                id: string;
                name: string;
            } | null;
            /** Format: date-time */
            startedAt: string;
            version: string;
        };
        Webhook: {
            /** Format: date-time */
            createdAt: string;
            enabled: boolean;
            /**
             * @description `signed`: the event as JSON, signed as Standard Webhooks specifies. `slack`: a message for Slack and compatible services, without signature.
             * @enum {string}
             */
            format: "signed" | "slack";
            id: string;
            kinds: ("key.created" | "key.expiring" | "key.disabled" | "key.enabled" | "key.revoked" | "key.restored" | "key.rotated" | "key.unused" | "key.rule-broken" | "key.exemption-ending" | "key.approval-requested" | "key.approved" | "key.refused" | "key.secret-old" | "key.leaked" | "keys.created" | "keys.revoked" | "keys.disabled" | "keys.unused" | "keys.rule-broken" | "keys.approval-requested" | "keys.restored" | "quota.nearing" | "quota.exhausted" | "member.added" | "member.changed-by-token" | "member.credentials-ended" | "access.requested" | "access.enabled" | "access.disabled" | "access.approved" | "access.declined" | "operations.deprecated" | "plan.changed" | "plan.approved" | "plan.declined" | "plan.updated" | "plan.trial-ending" | "project.created" | "project.suspended" | "project.resumed" | "project.deleted" | "alert.quota" | "alert.denials" | "alert.new-network" | "alert.dormant-key" | "webhook.test")[];
            lastDelivery: {
                /** @enum {string} */
                state: "due" | "delivered" | "failed";
                /** Format: date-time */
                time: string;
            } | null;
            olderSecretUntil: string | null;
            /** @description Null for a webhook of the site. */
            projectId: string | null;
            /** @description With the format `slack` only its host and its end: it is a secret. */
            url: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getAdminApprovals: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PendingAccess"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdminBillingExports: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BillingExport"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAdminBillingExports: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    adapter: "cloudevents" | "stripe" | "lago";
                    /** @default latchkey.usage */
                    eventName?: string;
                    /** @description The first hour to export, at most 90 days ago; without it, the current one. */
                    from?: string;
                    name: string;
                    secret?: string;
                    url?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillingExport"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdminBillingExportsByExportId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillingExport"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAdminBillingExportsByExportId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchAdminBillingExportsByExportId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description False pauses the export. */
                    enabled?: boolean;
                    eventName?: string;
                    name?: string;
                    /** @description Null removes it. */
                    secret?: string | null;
                    url?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillingExport"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdminBillingExportsByExportIdCustomers: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BillingCustomer"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putAdminBillingExportsByExportIdCustomersByProjectId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exportId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Null: nobody is billed for this project. Its events are not sent. */
                    customer: string | null;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillingCustomer"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAdminBillingExportsByExportIdCustomersByProjectId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exportId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdminBillingExportsByExportIdHeld: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HeldBillingEvent"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAdminBillingExportsByExportIdHeldResend: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: number;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdminBillingExportsByExportIdReconciliation: {
        parameters: {
            query?: {
                from?: string;
                interval?: "hour" | "day";
                to?: string;
            };
            header?: never;
            path: {
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillingReconciliation"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAdminBillingExportsByExportIdReplay: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                exportId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Usage from this hour on is sent again, with the same ids. */
                    from: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillingExport"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAdminBillingExportsByExportIdTest: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillingExport"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdminDeletedProjects: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DeletedProject"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdminExemptions: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                policy?: "unused" | "key-rules";
                projectId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            by: string;
                            /** Format: date-time */
                            createdAt: string;
                            key: {
                                id: string;
                                name: string;
                            };
                            project: {
                                id: string;
                                name: string;
                            };
                            reason: string;
                            /** Format: date-time */
                            until: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdminKeys: {
        parameters: {
            query?: {
                cursor?: string;
                environment?: "live" | "test";
                leaked?: string;
                limit?: number;
                projectId?: string;
                q?: string;
                restricted?: "none" | "no-application" | "application";
                secretNewerThanDays?: number;
                secretOlderThanDays?: number;
                status?: "active" | "disabled" | "expired" | "revoked" | "not-revoked";
                unusedForDays?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminKey"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putAdminKeysByKeyIdExemption: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    until: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exemption"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAdminKeysByKeyIdExemption: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ended: boolean;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putAdminKeysByKeyIdRuleExemption: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    until: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleExemption"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAdminKeysByKeyIdRuleExemption: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ended: boolean;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAdminKeysRevoke: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    keyIds: string[];
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        failed: {
                            /** @enum {string} */
                            code: "invalid" | "unauthenticated" | "forbidden" | "not-found" | "conflict" | "too-many";
                            id: string;
                        }[];
                        revoked: string[];
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdminManagementTokens: {
        parameters: {
            query?: {
                cursor?: string;
                expires?: "never";
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminManagementToken"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdminPolicies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policies"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchAdminPolicies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    keyRules?: {
                        approvalRequired?: boolean;
                        descriptionRequired: boolean;
                        /** @enum {string} */
                        existingKeys?: "keep" | "notify" | "disable";
                        expiryRequired: boolean;
                        externalIdRequired: boolean;
                        maxLifeDays: {
                            live: number | null;
                            test: number | null;
                        };
                        namePattern: string | null;
                        noticeDays?: number;
                    };
                    leakedKeys?: {
                        /** @enum {string} */
                        live: "tell" | "disable";
                        /** @enum {string} */
                        test: "tell" | "disable";
                    };
                    liveKeysNeedApplicationRestriction?: boolean;
                    managementTokens?: {
                        maxDays: number | null;
                    };
                    /** @enum {string} */
                    secondFactor?: "optional" | "admins" | "everyone";
                    secretAge?: {
                        cut: boolean;
                        maxDays: number;
                    } | null;
                    unusedKeys?: {
                        disableDays: number | null;
                        revokeDays: number | null;
                        warnDays: number | null;
                    };
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policies"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAdminPoliciesDryRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    rule?: {
                        disableDays: number | null;
                        revokeDays: number | null;
                        warnDays: number | null;
                    };
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnusedDryRun"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAdminPoliciesKeyRulesDryRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    rules?: {
                        approvalRequired?: boolean;
                        descriptionRequired: boolean;
                        /** @enum {string} */
                        existingKeys?: "keep" | "notify" | "disable";
                        expiryRequired: boolean;
                        externalIdRequired: boolean;
                        maxLifeDays: {
                            live: number | null;
                            test: number | null;
                        };
                        namePattern: string | null;
                        noticeDays?: number;
                    };
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyRulesDryRun"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putAdminProjectsByProjectIdApisBySlug: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    decision: "approve" | "decline";
                    message?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "enabled" | "pending" | "declined";
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putAdminProjectsByProjectIdApisBySlugOverride: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description When the terms of the plan apply again. Null: when the project leaves the plan. */
                    endsAt?: string | null;
                    /**
                     * @description Shown to the project.
                     * @default
                     */
                    reason?: string;
                    terms: {
                        /** @description Units per calendar month (UTC); null if all are included. */
                        includedUnits?: number | null;
                        limits?: {
                            name: string;
                            /**
                             * @description An operation, or those that begin like this if it ends in `*`. Null for all operations.
                             * @default null
                             */
                            operations?: string | null;
                            /** @default null */
                            quota?: {
                                limit: number;
                                /** @enum {string} */
                                period: "day" | "month";
                            } | null;
                            /** @default null */
                            rate?: {
                                limit: number;
                                windowSeconds: number;
                            } | null;
                        }[];
                        /**
                         * @description Whether requests are denied once the included units are used up.
                         * @enum {string}
                         */
                        overage?: "block" | "allow";
                        price?: {
                            currency: string;
                            monthly?: string | number;
                            /** @description Per 1,000 units over the included ones. */
                            perThousand?: string | number;
                        } | null;
                        /** @description Units of a call by its operation, or by pattern with `*` at the end: the longest pattern that matches applies. 0 is free, and 1 applies without an entry. The `cost` of a verification multiplies them. */
                        unitsPerOperation?: {
                            [key: string]: number;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAdminProjectsByProjectIdApisBySlugOverride: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putAdminProjectsByProjectIdCeiling: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ceiling: {
                        /** @default null */
                        quota?: {
                            limit: number;
                            /** @enum {string} */
                            period: "day" | "month";
                        } | null;
                        /** @default null */
                        rate?: {
                            limit: number;
                            windowSeconds: number;
                        } | null;
                    };
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAdminProjectsByProjectIdResume: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAdminProjectsByProjectIdSuspend: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdminServiceTokens: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ServiceToken"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAdminServiceTokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default null */
                    api?: string | null;
                    expiresAt?: string | null;
                    /** @description Whether the service may verify keys in its own process. It then receives the restrictions and metadata of the keys that its callers send. */
                    localVerification?: boolean;
                    name: string;
                    /** @default [] */
                    trustedProxies?: (string)[];
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        serviceToken: components["schemas"]["ServiceToken"];
                        /** @description Shown this once. */
                        token: string;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAdminServiceTokensByServiceTokenId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                serviceTokenId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchAdminServiceTokensByServiceTokenId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                serviceTokenId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    localVerification?: boolean;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceToken"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAdminServiceTokensByServiceTokenIdOlder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                serviceTokenId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceToken"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAdminServiceTokensByServiceTokenIdRotate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                serviceTokenId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    endOlder?: boolean;
                    expiresAt?: string | null;
                    /** @default 86400 */
                    overlapSeconds?: number;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        serviceToken: components["schemas"]["ServiceToken"];
                        /** @description Shown this once. */
                        token: string;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdminUsers: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                search?: string;
                secondFactor?: "none";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["User"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAdminUsersByUserIdDisable: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAdminUsersByUserIdEnable: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putAdminUsersByUserIdRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    siteRole: "admin" | "developer";
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdminVerifiers: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Verifier"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdminWebhooks: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Webhook"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAdminWebhooks: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description `signed`: the event as JSON, signed as Standard Webhooks specifies. `slack`: a message for Slack and compatible services, without signature.
                     * @enum {string}
                     */
                    format?: "signed" | "slack";
                    kinds?: ("key.created" | "key.expiring" | "key.disabled" | "key.enabled" | "key.revoked" | "key.restored" | "key.rotated" | "key.unused" | "key.rule-broken" | "key.exemption-ending" | "key.approval-requested" | "key.approved" | "key.refused" | "key.secret-old" | "key.leaked" | "keys.created" | "keys.revoked" | "keys.disabled" | "keys.unused" | "keys.rule-broken" | "keys.approval-requested" | "keys.restored" | "quota.nearing" | "quota.exhausted" | "member.added" | "member.changed-by-token" | "member.credentials-ended" | "access.requested" | "access.enabled" | "access.disabled" | "access.approved" | "access.declined" | "operations.deprecated" | "plan.changed" | "plan.approved" | "plan.declined" | "plan.updated" | "plan.trial-ending" | "project.created" | "project.suspended" | "project.resumed" | "project.deleted" | "alert.quota" | "alert.denials" | "alert.new-network" | "alert.dormant-key")[];
                    url: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The signing secret; null with the format `slack`. */
                        secret: string | null;
                        webhook: components["schemas"]["Webhook"];
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdminWebhooksByWebhookId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAdminWebhooksByWebhookId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchAdminWebhooksByWebhookId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    enabled?: boolean;
                    kinds?: ("key.created" | "key.expiring" | "key.disabled" | "key.enabled" | "key.revoked" | "key.restored" | "key.rotated" | "key.unused" | "key.rule-broken" | "key.exemption-ending" | "key.approval-requested" | "key.approved" | "key.refused" | "key.secret-old" | "key.leaked" | "keys.created" | "keys.revoked" | "keys.disabled" | "keys.unused" | "keys.rule-broken" | "keys.approval-requested" | "keys.restored" | "quota.nearing" | "quota.exhausted" | "member.added" | "member.changed-by-token" | "member.credentials-ended" | "access.requested" | "access.enabled" | "access.disabled" | "access.approved" | "access.declined" | "operations.deprecated" | "plan.changed" | "plan.approved" | "plan.declined" | "plan.updated" | "plan.trial-ending" | "project.created" | "project.suspended" | "project.resumed" | "project.deleted" | "alert.quota" | "alert.denials" | "alert.new-network" | "alert.dormant-key")[];
                    url?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdminWebhooksByWebhookIdDeliveries: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Delivery"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAdminWebhooksByWebhookIdDeliveriesByDeliveryIdReplay: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                deliveryId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deliveryId: string;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAdminWebhooksByWebhookIdRotateSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The signing secret; null with the format `slack`. */
                        secret: string | null;
                        webhook: components["schemas"]["Webhook"];
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAdminWebhooksByWebhookIdTest: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deliveryId: string;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApis: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Api"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApis: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @default open
                     * @enum {string}
                     */
                    access?: "open" | "approval";
                    /** @default false */
                    allowKeyInUrl?: boolean;
                    baseUrl?: string | null;
                    description?: string;
                    name?: string;
                    openapi?: string | {
                        [key: string]: unknown;
                    };
                    operations?: {
                        /** @default null */
                        method?: string | null;
                        name: string;
                        /** @default null */
                        path?: string | null;
                        /** @description Left out: an operation that the API has keeps its own, and a new one needs none. Null for none. */
                        requiredScopes?: (string[] | string[][]) | null;
                        /** @default null */
                        summary?: string | null;
                    }[];
                    /**
                     * @default safe
                     * @enum {string}
                     */
                    pathMatching?: "safe" | "exact";
                    /** @description Scopes besides those of the OpenAPI document. */
                    scopes?: {
                        /** @default  */
                        description?: string;
                        name: string;
                    }[];
                    slug: string;
                    /**
                     * @default members
                     * @enum {string}
                     */
                    visibility?: "public" | "members" | "projects";
                    /** @description The ids of projects whose members may see an API with the visibility `projects`. */
                    visibleTo?: string[];
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Api"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApisByApiPlans: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                api: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Plan"][];
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApisByApiPlans: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                api: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default false */
                    approval?: boolean;
                    /** @default  */
                    description?: string;
                    /**
                     * @description Units per calendar month (UTC); null if all are included.
                     * @default null
                     */
                    includedUnits?: number | null;
                    limits?: {
                        name: string;
                        /**
                         * @description An operation, or those that begin like this if it ends in `*`. Null for all operations.
                         * @default null
                         */
                        operations?: string | null;
                        /** @default null */
                        quota?: {
                            limit: number;
                            /** @enum {string} */
                            period: "day" | "month";
                        } | null;
                        /** @default null */
                        rate?: {
                            limit: number;
                            windowSeconds: number;
                        } | null;
                    }[];
                    name: string;
                    /**
                     * @description Whether requests are denied once the included units are used up.
                     * @default block
                     * @enum {string}
                     */
                    overage?: "block" | "allow";
                    price?: {
                        currency: string;
                        monthly?: string | number;
                        /** @description Per 1,000 units over the included ones. */
                        perThousand?: string | number;
                    } | null;
                    slug: string;
                    /**
                     * @description How long a project's first subscription to the plan is free of charge, days.
                     * @default null
                     */
                    trialDays?: number | null;
                    /** @description Units of a call by its operation, or by pattern with `*` at the end: the longest pattern that matches applies. 0 is free, and 1 applies without an entry. The `cost` of a verification multiplies them. */
                    unitsPerOperation?: {
                        [key: string]: number;
                    };
                    /**
                     * @default public
                     * @enum {string}
                     */
                    visibility?: "public" | "private";
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApisByApiPlansBySlug: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                api: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteApisByApiPlansBySlug: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                api: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchApisByApiPlansBySlug: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                api: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    approval?: boolean;
                    /** @description Whether no project can subscribe anymore. */
                    archived?: boolean;
                    description?: string;
                    /** @description Units per calendar month (UTC); null if all are included. */
                    includedUnits?: number | null;
                    limits?: {
                        name: string;
                        /**
                         * @description An operation, or those that begin like this if it ends in `*`. Null for all operations.
                         * @default null
                         */
                        operations?: string | null;
                        /** @default null */
                        quota?: {
                            limit: number;
                            /** @enum {string} */
                            period: "day" | "month";
                        } | null;
                        /** @default null */
                        rate?: {
                            limit: number;
                            windowSeconds: number;
                        } | null;
                    }[];
                    name?: string;
                    /**
                     * @description Whether requests are denied once the included units are used up.
                     * @enum {string}
                     */
                    overage?: "block" | "allow";
                    price?: {
                        currency: string;
                        monthly?: string | number;
                        /** @description Per 1,000 units over the included ones. */
                        perThousand?: string | number;
                    } | null;
                    /** @description Whether terms that take effect now may replace a version that is planned. Default: false. */
                    replacePlanned?: boolean;
                    /**
                     * @description When subscribers move to the new version: now, or at the end of the calendar month (UTC).
                     * @default now
                     * @enum {string}
                     */
                    takesEffect?: "now" | "period-end";
                    /** @description How long a project's first subscription to the plan is free of charge, days. */
                    trialDays?: number | null;
                    /** @description Units of a call by its operation, or by pattern with `*` at the end: the longest pattern that matches applies. 0 is free, and 1 applies without an entry. The `cost` of a verification multiplies them. */
                    unitsPerOperation?: {
                        [key: string]: number;
                    };
                    /** @enum {string} */
                    visibility?: "public" | "private";
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApisByApiPlansBySlugSubscribers: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                api: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PlanSubscriber"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApisByApiPlansBySlugVersions: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                api: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PlanVersion"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApisBySlug: {
        parameters: {
            query?: {
                operationsCursor?: string;
            };
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Api"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteApisBySlug: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchApisBySlug: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    access?: "open" | "approval";
                    allowKeyInUrl?: boolean;
                    baseUrl?: string | null;
                    description?: string;
                    name?: string;
                    openapi?: string | {
                        [key: string]: unknown;
                    };
                    operations?: {
                        /** @default null */
                        method?: string | null;
                        name: string;
                        /** @default null */
                        path?: string | null;
                        /** @description Left out: an operation that the API has keeps its own, and a new one needs none. Null for none. */
                        requiredScopes?: (string[] | string[][]) | null;
                        /** @default null */
                        summary?: string | null;
                    }[];
                    /** @enum {string} */
                    pathMatching?: "safe" | "exact";
                    /** @description Scopes besides those of the OpenAPI document. */
                    scopes?: {
                        /** @default  */
                        description?: string;
                        name: string;
                    }[];
                    /** @enum {string} */
                    visibility?: "public" | "members" | "projects";
                    /** @description The ids of projects whose members may see an API with the visibility `projects`. */
                    visibleTo?: string[];
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Api"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApisBySlugAudience: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            name: string;
                        }[];
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApisBySlugChangelog: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changelog"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putApisBySlugChangelog: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Markdown. HTML is shown as text. */
                    body: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changelog"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApisBySlugGuides: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            slug: string;
                            title: string;
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApisBySlugGuidesByGuide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guide: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Guide"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putApisBySlugGuidesByGuide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guide: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Markdown. HTML is shown as text. */
                    body: string;
                    /** @description The order of guides; by default last. */
                    position?: number;
                    title: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Guide"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteApisBySlugGuidesByGuide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guide: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAudit: {
        parameters: {
            query?: {
                action?: string;
                actorId?: string;
                cursor?: string;
                from?: string;
                limit?: number;
                projectId?: string;
                subjectId?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditRecord"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuditExport: {
        parameters: {
            query?: {
                action?: string;
                actorId?: string;
                format?: "jsonl" | "csv";
                from?: string;
                projectId?: string;
                subjectId?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": string;
                    "text/csv": string;
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postKeysTry: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    androidCertSha1?: string | null;
                    androidPackage?: string | null;
                    api?: string | null;
                    iosBundleId?: string | null;
                    key?: string | null;
                    method?: string | null;
                    operation?: string | null;
                    origin?: string | null;
                    path?: string | null;
                    referrer?: string | null;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tried"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postKeysVerify: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key and body within 60 seconds gets the first verdict and consumes nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    androidCertSha1?: string | null;
                    androidPackage?: string | null;
                    api?: string | null;
                    clientIp?: string | null;
                    /** @default 1 */
                    cost?: number;
                    iosBundleId?: string | null;
                    key?: string | null;
                    method?: string | null;
                    operation?: string | null;
                    origin?: string | null;
                    path?: string | null;
                    referrer?: string | null;
                    /** @description Scopes that the key must have, besides those that the API's operation needs. */
                    requiredScopes?: string[] | null;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verdict"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postKeysVerifyBatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key and body within 60 seconds gets the first verdict and consumes nothing. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    checks: {
                        androidCertSha1?: string | null;
                        androidPackage?: string | null;
                        api?: string | null;
                        clientIp?: string | null;
                        /** @default 1 */
                        cost?: number;
                        iosBundleId?: string | null;
                        key?: string | null;
                        method?: string | null;
                        operation?: string | null;
                        origin?: string | null;
                        path?: string | null;
                        referrer?: string | null;
                        /** @description Scopes that the key must have, besides those that the API's operation needs. */
                        requiredScopes?: string[] | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        verdicts: components["schemas"]["Verdict"][];
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postLeaks: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    found: {
                        source?: string | null;
                        token: string;
                        type?: string | null;
                        url?: string | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description Success. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        received: number;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postLeaksGithub: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source?: string | null;
                    token: string;
                    type?: string | null;
                    url?: string | null;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        label: string;
                        token_hash: string;
                        token_type: string;
                    }[];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMeInvitations: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        projectId: string;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMeNotices: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                unread?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Notice"][];
                        nextCursor: string | null;
                        unread: number;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMeNoticesRead: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    upTo: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMeTokens: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ManagementToken"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteMeTokensByManagementTokenId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                managementTokenId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjects: {
        parameters: {
            query?: {
                all?: boolean;
                cursor?: string;
                limit?: number;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ProjectSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjects: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectDetail"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteProjectsByProjectId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchProjectsByProjectId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    limits?: {
                        /** @default null */
                        quota?: {
                            limit: number;
                            /** @enum {string} */
                            period: "day" | "month";
                        } | null;
                        /** @default null */
                        rate?: {
                            limit: number;
                            windowSeconds: number;
                        } | null;
                    };
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdAlerts: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Alert"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjectsByProjectIdAlerts: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default true */
                    bell?: boolean;
                    /** @default true */
                    mail?: boolean;
                    rule: {
                        /** @constant */
                        kind: "quota";
                        /** @description Of any quota of the project, of one of its keys or of its plans. */
                        percent: number;
                    } | {
                        /** @constant */
                        kind: "denials";
                        /** @description Fewer requests in the window never fire. */
                        minRequests: number;
                        /** @description Denied requests, in percent of all requests of the project in the window. */
                        percent: number;
                        windowMinutes: number;
                    } | {
                        /**
                         * @description A key is used from a network (IPv4 /24, IPv6 /48) that it was not used from in 30 days.
                         * @constant
                         */
                        kind: "new-network";
                    } | {
                        /** @description A key is used that was not used for so many days. */
                        days: number;
                        /** @constant */
                        kind: "dormant-key";
                    };
                    /** @default true */
                    webhooks?: boolean;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteProjectsByProjectIdAlertsByAlertId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alertId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchProjectsByProjectIdAlertsByAlertId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alertId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    bell?: boolean;
                    enabled?: boolean;
                    mail?: boolean;
                    rule?: {
                        /** @constant */
                        kind: "quota";
                        /** @description Of any quota of the project, of one of its keys or of its plans. */
                        percent: number;
                    } | {
                        /** @constant */
                        kind: "denials";
                        /** @description Fewer requests in the window never fire. */
                        minRequests: number;
                        /** @description Denied requests, in percent of all requests of the project in the window. */
                        percent: number;
                        windowMinutes: number;
                    } | {
                        /**
                         * @description A key is used from a network (IPv4 /24, IPv6 /48) that it was not used from in 30 days.
                         * @constant
                         */
                        kind: "new-network";
                    } | {
                        /** @description A key is used that was not used for so many days. */
                        days: number;
                        /** @constant */
                        kind: "dormant-key";
                    };
                    webhooks?: boolean;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdApis: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ProjectApi"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putProjectsByProjectIdApisBySlug: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description The slug of one of the API's plans. Required if there are several that the project can choose. */
                    plan?: string;
                    /** @description Why the project needs the API. The administrator who approves the request reads it. */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "enabled" | "pending" | "declined";
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteProjectsByProjectIdApisBySlug: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdApisBySlugSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putProjectsByProjectIdApisBySlugSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    plan: string;
                    /** @description Whether a change that takes effect now may replace a scheduled change to another plan. Default: false. */
                    replaceScheduled?: boolean;
                    /**
                     * @description Now, or at the end of the calendar month (UTC). The first plan starts now.
                     * @default now
                     * @enum {string}
                     */
                    takesEffect?: "now" | "period-end";
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteProjectsByProjectIdApisBySlugSubscriptionChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdAudit: {
        parameters: {
            query?: {
                action?: string;
                actorId?: string;
                cursor?: string;
                from?: string;
                limit?: number;
                subjectId?: string;
                to?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditRecord"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdAuditExport: {
        parameters: {
            query?: {
                action?: string;
                actorId?: string;
                format?: "jsonl" | "csv";
                from?: string;
                subjectId?: string;
                to?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": string;
                    "text/csv": string;
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdCustomers: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Customer"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdDenials: {
        parameters: {
            query?: {
                code?: "KEY_MISSING" | "KEY_MALFORMED" | "KEY_NOT_FOUND" | "KEY_REVOKED" | "KEY_DISABLED" | "KEY_EXPIRED" | "KEY_ROTATED" | "PROJECT_SUSPENDED" | "API_NOT_ENABLED" | "API_NOT_ALLOWED" | "OPERATION_NOT_ALLOWED" | "SCOPE_NOT_GRANTED" | "CLIENT_IP_UNKNOWN" | "IP_NOT_ALLOWED" | "REFERRER_NOT_ALLOWED" | "APP_NOT_ALLOWED" | "RATE_LIMITED" | "QUOTA_EXCEEDED";
                cursor?: string;
                externalId?: string;
                from?: string;
                keyId?: string;
                limit?: number;
                to?: string;
                trial?: string | boolean;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        from: string;
                        items: components["schemas"]["Denial"][];
                        nextCursor: string | null;
                        /** Format: date-time */
                        to: string;
                        /** @description The exact number of denied requests from `from` to `to`, including those that are no longer stored. */
                        total: number;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjectsByProjectIdHandOver: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    userId: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdInvitations: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Invitation"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjectsByProjectIdInvitations: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    /** @enum {string} */
                    role: "owner" | "developer" | "viewer";
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        invitation: components["schemas"]["Invitation"];
                        link: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteProjectsByProjectIdInvitationsByInvitationId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invitationId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdKeyRules: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppliedKeyRules"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putProjectsByProjectIdKeyRules: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    rules: {
                        approvalRequired?: boolean;
                        descriptionRequired: boolean;
                        /** @enum {string} */
                        existingKeys?: "keep" | "notify" | "disable";
                        expiryRequired: boolean;
                        externalIdRequired: boolean;
                        maxLifeDays: {
                            live: number | null;
                            test: number | null;
                        };
                        namePattern: string | null;
                        noticeDays?: number;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppliedKeyRules"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjectsByProjectIdKeyRulesDryRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    rules?: {
                        approvalRequired?: boolean;
                        descriptionRequired: boolean;
                        /** @enum {string} */
                        existingKeys?: "keep" | "notify" | "disable";
                        expiryRequired: boolean;
                        externalIdRequired: boolean;
                        maxLifeDays: {
                            live: number | null;
                            test: number | null;
                        };
                        namePattern: string | null;
                        noticeDays?: number;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyRulesDryRun"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdKeys: {
        parameters: {
            query?: {
                api?: string;
                approval?: "pending";
                cursor?: string;
                environment?: "live" | "test";
                externalId?: string;
                imported?: "seen" | "unseen";
                limit?: number;
                metadata?: {
                    [key: string]: string;
                };
                q?: string;
                restricted?: "none" | "no-application" | "application";
                sort?: string;
                status?: "active" | "disabled" | "expired" | "revoked";
                tag?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Key"][];
                        nextCursor: string | null;
                        total: number;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjectsByProjectIdKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    description?: string;
                    /** @enum {string} */
                    environment: "live" | "test";
                    expiresAt?: string | null;
                    /** @default null */
                    externalId?: string | null;
                    limits?: {
                        /** @default null */
                        quota?: {
                            limit: number;
                            /** @enum {string} */
                            period: "day" | "month";
                        } | null;
                        /** @default null */
                        rate?: {
                            limit: number;
                            windowSeconds: number;
                        } | null;
                    };
                    metadata?: {
                        [key: string]: string | number | boolean | null;
                    };
                    name: string;
                    restrictions?: {
                        /** @default [] */
                        apis?: {
                            api: string;
                            /** @default [] */
                            operations?: (string & (unknown & unknown))[];
                            scopes?: string[];
                        }[];
                        /**
                         * @default {
                         *       "android": [],
                         *       "ios": []
                         *     }
                         */
                        apps?: {
                            /** @default [] */
                            android?: {
                                package: string;
                                sha1: string;
                            }[];
                            /** @default [] */
                            ios?: {
                                bundleId: string;
                            }[];
                        };
                        /** @default [] */
                        ips?: string[];
                        /** @default [] */
                        referrers?: string[];
                    };
                    /**
                     * @description Up to 20 tags. Stored in lower case, sorted, each once.
                     * @default []
                     */
                    tags?: string[];
                    trial?: {
                        /** @default [] */
                        apis?: {
                            api: string;
                            /** @default [] */
                            operations?: (string & (unknown & unknown))[];
                            scopes?: string[];
                        }[];
                        /**
                         * @default {
                         *       "android": [],
                         *       "ios": []
                         *     }
                         */
                        apps?: {
                            /** @default [] */
                            android?: {
                                package: string;
                                sha1: string;
                            }[];
                            /** @default [] */
                            ios?: {
                                bundleId: string;
                            }[];
                        };
                        /** @default [] */
                        ips?: string[];
                        /** @default [] */
                        referrers?: string[];
                    } | null;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key: components["schemas"]["Key"];
                        /** @description Shown this once. */
                        secret: string;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdKeysByKeyId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteProjectsByProjectIdKeysByKeyId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchProjectsByProjectIdKeysByKeyId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    description?: string;
                    enabled?: boolean;
                    /** @description The sets that you edited: if the key has different sets now, the response is a conflict and nothing changes. */
                    expected?: {
                        restrictions?: {
                            /** @default [] */
                            apis?: {
                                api: string;
                                /** @default [] */
                                operations?: (string & (unknown & unknown))[];
                                scopes?: string[];
                            }[];
                            /**
                             * @default {
                             *       "android": [],
                             *       "ios": []
                             *     }
                             */
                            apps?: {
                                /** @default [] */
                                android?: {
                                    package: string;
                                    sha1: string;
                                }[];
                                /** @default [] */
                                ios?: {
                                    bundleId: string;
                                }[];
                            };
                            /** @default [] */
                            ips?: string[];
                            /** @default [] */
                            referrers?: string[];
                        };
                        trial?: {
                            /** @default [] */
                            apis?: {
                                api: string;
                                /** @default [] */
                                operations?: (string & (unknown & unknown))[];
                                scopes?: string[];
                            }[];
                            /**
                             * @default {
                             *       "android": [],
                             *       "ios": []
                             *     }
                             */
                            apps?: {
                                /** @default [] */
                                android?: {
                                    package: string;
                                    sha1: string;
                                }[];
                                /** @default [] */
                                ios?: {
                                    bundleId: string;
                                }[];
                            };
                            /** @default [] */
                            ips?: string[];
                            /** @default [] */
                            referrers?: string[];
                        } | null;
                    };
                    expiresAt?: string | null;
                    externalId?: string | null;
                    limits?: {
                        /** @default null */
                        quota?: {
                            limit: number;
                            /** @enum {string} */
                            period: "day" | "month";
                        } | null;
                        /** @default null */
                        rate?: {
                            limit: number;
                            windowSeconds: number;
                        } | null;
                    };
                    metadata?: {
                        [key: string]: string | number | boolean | null;
                    };
                    name?: string;
                    restrictions?: {
                        /** @default [] */
                        apis?: {
                            api: string;
                            /** @default [] */
                            operations?: (string & (unknown & unknown))[];
                            scopes?: string[];
                        }[];
                        /**
                         * @default {
                         *       "android": [],
                         *       "ios": []
                         *     }
                         */
                        apps?: {
                            /** @default [] */
                            android?: {
                                package: string;
                                sha1: string;
                            }[];
                            /** @default [] */
                            ios?: {
                                bundleId: string;
                            }[];
                        };
                        /** @default [] */
                        ips?: string[];
                        /** @default [] */
                        referrers?: string[];
                    };
                    /** @description Up to 20 tags. Stored in lower case, sorted, each once. */
                    tags?: string[];
                    trial?: {
                        /** @default [] */
                        apis?: {
                            api: string;
                            /** @default [] */
                            operations?: (string & (unknown & unknown))[];
                            scopes?: string[];
                        }[];
                        /**
                         * @default {
                         *       "android": [],
                         *       "ios": []
                         *     }
                         */
                        apps?: {
                            /** @default [] */
                            android?: {
                                package: string;
                                sha1: string;
                            }[];
                            /** @default [] */
                            ios?: {
                                bundleId: string;
                            }[];
                        };
                        /** @default [] */
                        ips?: string[];
                        /** @default [] */
                        referrers?: string[];
                    } | null;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjectsByProjectIdKeysByKeyIdApprove: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                keyId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjectsByProjectIdKeysByKeyIdDryRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                keyId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 7 */
                    days?: number;
                    restrictions: {
                        /** @default [] */
                        apis?: {
                            api: string;
                            /** @default [] */
                            operations?: (string & (unknown & unknown))[];
                            scopes?: string[];
                        }[];
                        /**
                         * @default {
                         *       "android": [],
                         *       "ios": []
                         *     }
                         */
                        apps?: {
                            /** @default [] */
                            android?: {
                                package: string;
                                sha1: string;
                            }[];
                            /** @default [] */
                            ios?: {
                                bundleId: string;
                            }[];
                        };
                        /** @default [] */
                        ips?: string[];
                        /** @default [] */
                        referrers?: string[];
                    };
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DryRun"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdKeysByKeyIdLeaks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Leak"][];
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjectsByProjectIdKeysByKeyIdRefuse: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                keyId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @default  */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjectsByProjectIdKeysByKeyIdRestore: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                keyId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjectsByProjectIdKeysByKeyIdRotate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                keyId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    endOlder?: boolean;
                    /** @default 86400 */
                    overlapSeconds?: number;
                    replaceUnseen?: boolean;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key: components["schemas"]["Key"];
                        /** @description Shown this once. */
                        secret: string;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdKeysByKeyIdRotation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rotation"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdKeysByKeyIdRules: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyRuleState"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteProjectsByProjectIdKeysByKeyIdSecretsBySecretId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
                projectId: string;
                secretId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchProjectsByProjectIdKeysByKeyIdSecretsBySecretId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
                projectId: string;
                secretId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lapsesAt: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjectsByProjectIdKeysByKeyIdSimulate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                keyId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    androidCertSha1?: string | null;
                    androidPackage?: string | null;
                    api: string;
                    clientIp?: string | null;
                    /** @default 1 */
                    cost?: number;
                    iosBundleId?: string | null;
                    method?: string | null;
                    operation?: string | null;
                    origin?: string | null;
                    path?: string | null;
                    referrer?: string | null;
                    /** @description Scopes that the key must have, besides those that the API's operation needs. */
                    requiredScopes?: string[] | null;
                    restrictions?: {
                        /** @default [] */
                        apis?: {
                            api: string;
                            /** @default [] */
                            operations?: (string & (unknown & unknown))[];
                            scopes?: string[];
                        }[];
                        /**
                         * @default {
                         *       "android": [],
                         *       "ios": []
                         *     }
                         */
                        apps?: {
                            /** @default [] */
                            android?: {
                                package: string;
                                sha1: string;
                            }[];
                            /** @default [] */
                            ios?: {
                                bundleId: string;
                            }[];
                        };
                        /** @default [] */
                        ips?: string[];
                        /** @default [] */
                        referrers?: string[];
                    };
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Simulated"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdKeysByKeyIdSuggestions: {
        parameters: {
            query?: {
                leaveOutRarest?: number;
            };
            header?: never;
            path: {
                keyId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestrictionSuggestion"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdKeysByKeyIdTrial: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrialResult"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjectsByProjectIdKeysBulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "revoke" | "disable" | "tag";
                    /** @default [] */
                    addTags?: string[];
                    /**
                     * @description Only counts.
                     * @default false
                     */
                    dryRun?: boolean;
                    /** @description How many keys you expect to change. If it is another number, the response is a conflict and nothing changes. */
                    expectedCount?: number;
                    /** @description The same filters as for the list of keys; at least one. */
                    filter: {
                        api?: string;
                        /**
                         * @description Keys that wait for an owner's approval.
                         * @enum {string}
                         */
                        approval?: "pending";
                        /** @enum {string} */
                        environment?: "live" | "test";
                        /** @description A whole external ID; case matters. */
                        externalId?: string;
                        /**
                         * @description Imported keys whose imported token was used since (`seen`), or was not (`unseen`).
                         * @enum {string}
                         */
                        imported?: "seen" | "unseen";
                        metadata?: {
                            [key: string]: string;
                        };
                        /** @description Part of a name, hint, description, tag or external ID, or a whole key ID; case does not matter. */
                        q?: string;
                        /** @enum {string} */
                        restricted?: "none" | "no-application" | "application";
                        /** @enum {string} */
                        status?: "active" | "disabled" | "expired" | "revoked";
                        /** @description A whole tag. */
                        tag?: string;
                    };
                    /** @default [] */
                    removeTags?: string[];
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many keys were changed; 0 for a dry run. */
                        changed: number;
                        /** @description How many keys would still change. Repeat the request until it is 0. */
                        remaining: number;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdKeysImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportStatus"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjectsByProjectIdKeysImport: {
        parameters: {
            query?: {
                dryRun?: boolean;
            };
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    keys: {
                        /** @default  */
                        description?: string;
                        /** @enum {string} */
                        environment: "live" | "test";
                        expiresAt?: string | null;
                        /** @default null */
                        externalId?: string | null;
                        hash?: {
                            /** @enum {string} */
                            algorithm: "sha256" | "sha512" | "hmac-sha256" | "bcrypt" | "argon2id" | "scrypt";
                            /**
                             * @description Of `value`, for sha256, sha512 and hmac-sha256. The others each have a text format.
                             * @enum {string}
                             */
                            encoding?: "hex" | "base64" | "base64url";
                            /** @description The first 8 to 16 characters of the token. Required for bcrypt, argon2id and scrypt; include some that differ from token to token. */
                            lookup?: string;
                            /** @description The hash of the whole token. bcrypt: `$2b$…`; argon2id and scrypt: the PHC format. */
                            value: string;
                        };
                        limits?: {
                            /** @default null */
                            quota?: {
                                limit: number;
                                /** @enum {string} */
                                period: "day" | "month";
                            } | null;
                            /** @default null */
                            rate?: {
                                limit: number;
                                windowSeconds: number;
                            } | null;
                        };
                        metadata?: {
                            [key: string]: string | number | boolean | null;
                        };
                        name: string;
                        restrictions?: {
                            /** @default [] */
                            apis?: {
                                api: string;
                                /** @default [] */
                                operations?: (string & (unknown & unknown))[];
                                scopes?: string[];
                            }[];
                            /**
                             * @default {
                             *       "android": [],
                             *       "ios": []
                             *     }
                             */
                            apps?: {
                                /** @default [] */
                                android?: {
                                    package: string;
                                    sha1: string;
                                }[];
                                /** @default [] */
                                ios?: {
                                    bundleId: string;
                                }[];
                            };
                            /** @default [] */
                            ips?: string[];
                            /** @default [] */
                            referrers?: string[];
                        };
                        /**
                         * @description Up to 20 tags. Stored in lower case, sorted, each once.
                         * @default []
                         */
                        tags?: string[];
                        token?: string;
                        trial?: {
                            /** @default [] */
                            apis?: {
                                api: string;
                                /** @default [] */
                                operations?: (string & (unknown & unknown))[];
                                scopes?: string[];
                            }[];
                            /**
                             * @default {
                             *       "android": [],
                             *       "ios": []
                             *     }
                             */
                            apps?: {
                                /** @default [] */
                                android?: {
                                    package: string;
                                    sha1: string;
                                }[];
                                /** @default [] */
                                ios?: {
                                    bundleId: string;
                                }[];
                            };
                            /** @default [] */
                            ips?: string[];
                            /** @default [] */
                            referrers?: string[];
                        } | null;
                    }[];
                    /**
                     * @description The format of the tokens. Verifiers look up tokens that have it. Leave it out for tokens in the format of this deployment.
                     * @default null
                     */
                    shape?: {
                        maxLength: number;
                        minLength: number;
                        /** @description How every token starts, such as `sk_live_`; empty if they have nothing in common. */
                        prefix: string;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdLimits: {
        parameters: {
            query?: {
                keyId?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LimitMeters"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdMembers: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Member"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putProjectsByProjectIdMembersByUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role: "owner" | "developer" | "viewer";
                };
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteProjectsByProjectIdMembersByUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdRequests: {
        parameters: {
            query?: {
                api?: string;
                code?: "KEY_MISSING" | "KEY_MALFORMED" | "KEY_NOT_FOUND" | "KEY_REVOKED" | "KEY_DISABLED" | "KEY_EXPIRED" | "KEY_ROTATED" | "PROJECT_SUSPENDED" | "API_NOT_ENABLED" | "API_NOT_ALLOWED" | "OPERATION_NOT_ALLOWED" | "SCOPE_NOT_GRANTED" | "CLIENT_IP_UNKNOWN" | "IP_NOT_ALLOWED" | "REFERRER_NOT_ALLOWED" | "APP_NOT_ALLOWED" | "RATE_LIMITED" | "QUOTA_EXCEEDED" | "VALID";
                cursor?: string;
                environment?: "live" | "test";
                from?: string;
                keyId?: string;
                limit?: number;
                operation?: string;
                outcome?: "allowed" | "denied";
                requestId?: string;
                to?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Request"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjectsByProjectIdRestrictionsExplain: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    restrictions: {
                        /** @default [] */
                        apis?: {
                            api: string;
                            /** @default [] */
                            operations?: string[];
                            /** @default [] */
                            scopes?: string[];
                        }[];
                        /**
                         * @default {
                         *       "android": [],
                         *       "ios": []
                         *     }
                         */
                        apps?: {
                            /** @default [] */
                            android?: {
                                package: string;
                                sha1: string;
                            }[];
                            /** @default [] */
                            ios?: {
                                bundleId: string;
                            }[];
                        };
                        /** @default [] */
                        ips?: string[];
                        /** @default [] */
                        referrers?: string[];
                    };
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainedEntries"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdSecretAge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecretAges"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putProjectsByProjectIdSecretAge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    rule: {
                        cut: boolean;
                        maxDays: number;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecretAges"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdStatementsByMonth: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                month: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statement"];
                    "text/csv": string;
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdSubscriptions: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Subscription"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdTokens: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ProjectToken"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteProjectsByProjectIdTokensByManagementTokenId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                managementTokenId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteProjectsByProjectIdTokensByManagementTokenIdOlder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                managementTokenId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectToken"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdUsage: {
        parameters: {
            query?: {
                api?: string;
                code?: "KEY_MISSING" | "KEY_MALFORMED" | "KEY_NOT_FOUND" | "KEY_REVOKED" | "KEY_DISABLED" | "KEY_EXPIRED" | "KEY_ROTATED" | "PROJECT_SUSPENDED" | "API_NOT_ENABLED" | "API_NOT_ALLOWED" | "OPERATION_NOT_ALLOWED" | "SCOPE_NOT_GRANTED" | "CLIENT_IP_UNKNOWN" | "IP_NOT_ALLOWED" | "REFERRER_NOT_ALLOWED" | "APP_NOT_ALLOWED" | "RATE_LIMITED" | "QUOTA_EXCEEDED" | "VALID";
                compare?: "previous";
                cursor?: string;
                environment?: "live" | "test";
                externalId?: string;
                from?: string;
                groupBy?: "code" | "key" | "secret" | "api" | "operation" | "environment" | "externalId";
                interval?: "minute" | "hour" | "day";
                keyId?: string;
                limit?: number;
                operation?: string;
                outcome?: "allowed" | "denied";
                secretId?: string;
                to?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Usage"];
                    "text/csv": string;
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdWebhooks: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Webhook"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjectsByProjectIdWebhooks: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description `signed`: the event as JSON, signed as Standard Webhooks specifies. `slack`: a message for Slack and compatible services, without signature.
                     * @enum {string}
                     */
                    format?: "signed" | "slack";
                    kinds?: ("key.created" | "key.expiring" | "key.disabled" | "key.enabled" | "key.revoked" | "key.restored" | "key.rotated" | "key.unused" | "key.rule-broken" | "key.exemption-ending" | "key.approval-requested" | "key.approved" | "key.refused" | "key.secret-old" | "key.leaked" | "keys.created" | "keys.revoked" | "keys.disabled" | "keys.unused" | "keys.rule-broken" | "keys.approval-requested" | "keys.restored" | "quota.nearing" | "quota.exhausted" | "member.added" | "member.changed-by-token" | "member.credentials-ended" | "access.requested" | "access.enabled" | "access.disabled" | "access.approved" | "access.declined" | "operations.deprecated" | "plan.changed" | "plan.approved" | "plan.declined" | "plan.updated" | "plan.trial-ending" | "project.created" | "project.suspended" | "project.resumed" | "project.deleted" | "alert.quota" | "alert.denials" | "alert.new-network" | "alert.dormant-key")[];
                    url: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The signing secret; null with the format `slack`. */
                        secret: string | null;
                        webhook: components["schemas"]["Webhook"];
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdWebhooksByWebhookId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteProjectsByProjectIdWebhooksByWebhookId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchProjectsByProjectIdWebhooksByWebhookId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    enabled?: boolean;
                    kinds?: ("key.created" | "key.expiring" | "key.disabled" | "key.enabled" | "key.revoked" | "key.restored" | "key.rotated" | "key.unused" | "key.rule-broken" | "key.exemption-ending" | "key.approval-requested" | "key.approved" | "key.refused" | "key.secret-old" | "key.leaked" | "keys.created" | "keys.revoked" | "keys.disabled" | "keys.unused" | "keys.rule-broken" | "keys.approval-requested" | "keys.restored" | "quota.nearing" | "quota.exhausted" | "member.added" | "member.changed-by-token" | "member.credentials-ended" | "access.requested" | "access.enabled" | "access.disabled" | "access.approved" | "access.declined" | "operations.deprecated" | "plan.changed" | "plan.approved" | "plan.declined" | "plan.updated" | "plan.trial-ending" | "project.created" | "project.suspended" | "project.resumed" | "project.deleted" | "alert.quota" | "alert.denials" | "alert.new-network" | "alert.dormant-key")[];
                    url?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectsByProjectIdWebhooksByWebhookIdDeliveries: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                projectId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Delivery"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjectsByProjectIdWebhooksByWebhookIdDeliveriesByDeliveryIdReplay: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                deliveryId: string;
                projectId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deliveryId: string;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjectsByProjectIdWebhooksByWebhookIdRotateSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The signing secret; null with the format `slack`. */
                        secret: string | null;
                        webhook: components["schemas"]["Webhook"];
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProjectsByProjectIdWebhooksByWebhookIdTest: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key within 24 hours gets the first response again. */
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deliveryId: string;
                    };
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRevocations: {
        parameters: {
            query?: {
                after?: string;
                wait?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revocations"];
                };
            };
            /** @description An error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
