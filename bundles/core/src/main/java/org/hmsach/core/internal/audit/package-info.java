/** Proofs over a stopped core: what lies on disk is what was decided, and what was decided was allowed. */
package org.hmsach.core.internal.audit;
