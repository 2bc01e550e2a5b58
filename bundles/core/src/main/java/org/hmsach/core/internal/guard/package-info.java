/** Deadline, bulkhead and breaker round every call into a plug-in, and what plug-ins leave behind. */
package org.hmsach.core.internal.guard;
