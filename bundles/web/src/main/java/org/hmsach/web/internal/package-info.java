/** Serves the browser application. */
package org.hmsach.web.internal;
