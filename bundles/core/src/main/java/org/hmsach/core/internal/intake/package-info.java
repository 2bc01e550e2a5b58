/** Intake of orders: what is needed, what it costs, what the checks say, then the door. */
package org.hmsach.core.internal.intake;
