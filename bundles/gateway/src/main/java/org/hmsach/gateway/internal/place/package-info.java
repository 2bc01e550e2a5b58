/** Where a version of the gateway stands at the HTTP service. */
package org.hmsach.gateway.internal.place;
