/** The portfolio service registry: which modules are here, in which state. */
package org.hmsach.core.internal.registry;
