package org.hmsach.api.identity;

import java.util.Optional;
import org.hmsach.api.refusal.Refused;

/**
 * Answer to credentials: a caller, or why not.
 *
 * @param caller            who it is
 * @param refusal           why it is nobody; the detail is fit for the client and tells nothing about existing logins
 * @param retryAfterSeconds above 0 when throttled (HTTP 429), else 0
 */
public record Authentication(Optional<Caller> caller, Optional<Refused> refusal, int retryAfterSeconds) {}
