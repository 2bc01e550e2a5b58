/** The deterministic machine: what it is told, what it answers, what it shows. */
package org.hmsach.core.internal.machine;
