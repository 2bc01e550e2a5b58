/** Threads of the core. */
package org.hmsach.core.internal.thread;
