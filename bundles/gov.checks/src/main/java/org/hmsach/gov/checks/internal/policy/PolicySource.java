package org.hmsach.gov.checks.internal.policy;

import java.util.Optional;

/** Where checks get the policy they judge by. Thread-safe; answers from memory. */
public interface PolicySource {
    /** The active policy; empty when its journalled parameters cannot be read, and then nothing may pass. */
    Optional<Policy> policy(Rule rule);
}
