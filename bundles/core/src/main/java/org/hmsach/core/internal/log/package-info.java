/** The log: one order of commands, fsynced before it is acknowledged, and the tape of what the machine said. */
package org.hmsach.core.internal.log;
